import { readdirSync, readFileSync } from "node:fs";
import { findingsOf } from "@weir/domain";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { durationFindings } from "../foresight/duration-findings.ts";
import { foreseePlan } from "../foresight/foresee-plan.ts";
import type { Degradation } from "../replay/degradation.ts";
import { replayPlan } from "../replay/replay-plan.ts";
import { seededRandom } from "../replay/seeded-random.ts";
import { pastTrafficOf } from "../testing/past-hour.ts";
import { RolloutPlan } from "./plan.ts";
import { planFixes } from "./plan-fixes.ts";
import { startFindings } from "./start-findings.ts";
import type { Step } from "./step.ts";

const page = readFileSync(new URL("../../../../docs/rollouts.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^### (.+)\n(?:(?!^#)[\s\S])*?^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, title = "", yaml = ""]) => [title, yaml] as const,
);
const all = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = ""]) => parse(yaml));

const end = { weight: 100, forMs: 0 };
const query = { name: "queue", url: "http://prometheus:9090", query: "up", max: 1 };
const pre = { name: "load", url: "https://ci.example", when: "pre" };
/** Plans that are refused, by the code that says why. */
const wrong: readonly (readonly [string, object])[] = [
  ["same-version", { canary: all[0].baseline }],
  ["no-evidence", { checks: {} }],
  ["step-order", { steps: [{ weight: 50, forMs: 0 }, { weight: 20, forMs: 0 }, end] }],
  ["no-end", { steps: [{ weight: 50, forMs: 0 }] }],
  ["never-over", { steps: [{ ...end, forMs: 120_000 }], maxDurationMs: 60_000 }],
  ["pre-needs-start", { steps: [end], checks: { successRate: {}, webhooks: [pre] } }],
  ["name-twice", { checks: { successRate: {}, queries: [query, query] } }],
];

describe("every plan of docs/rollouts.md", () => {
  test.each(all.map((plan) => [plan.name, plan] as const))("%s is one that can be started", (_, input) => {
    const { data: plan, error } = RolloutPlan.safeParse(input);
    expect(error?.issues).toBeUndefined();
    const { namespace, targetRef, baseline, canary } = plan!;
    const versions = [baseline, canary];
    const service = { namespace, name: targetRef, versions, readyVersions: versions };
    const nothing = { canaries: [], routes: [], running: undefined, named: undefined };
    const fresh = { service, stableVersion: baseline, ...nothing };
    expect(startFindings(plan!, fresh)).toEqual([]);
    // As many as the page speaks of where there are few: six requests a minute.
    const requestsPerS = targetRef === "invoices" ? 0.1 : 100;
    expect(durationFindings(plan!, foreseePlan(plan!, { requestsPerS, failureShare: 0.01 }))).toEqual([]);
  });

  test("there is one for every strategy", () => {
    const shapes = examples.map(([title, yaml]) => [title, shapeOf(RolloutPlan.parse(parse(yaml)).steps)]);
    expect(shapes).toEqual([
      ["Canary", "weights"],
      ["Blue / green", "0, 100"],
      ["A/B by match", "match, weights"],
      ["Mirror first", "mirror, weights"],
      ["A service with few requests", "weights"],
    ]);
  });

  describe("with few requests", () => {
    const plan = RolloutPlan.parse(all.find(({ targetRef }) => targetRef === "invoices"));
    const wantedBy = (checks: RolloutPlan["checks"] | undefined) =>
      foreseePlan(RolloutPlan.parse({ ...plan, checks }), { requestsPerS: 0.1, failureShare: 0.01 })[0]
        ?.wanted;
    const replayed = (degradation: Degradation) =>
      replayPlan({ plan, traffic: pastTrafficOf(0.1, 0.01, 8 * 360), degradation }, 20, seededRandom(0.5));

    test("a step needs as many as the page says", () => {
      expect(wantedBy(plan.checks)).toBeCloseTo(150, -1);
      expect(wantedBy(undefined)).toBeCloseTo(2_000, -2);
    });

    test("a good canary comes to its end in about four hours", () => {
      const { passed, takenBack, passedMs } = replayed({})!;
      expect({ passed: passed >= 18, takenBack }).toEqual({ passed: true, takenBack: 0 });
      expect(passedMs!.median / 3_600_000).toBeCloseTo(4, 0);
    });

    test("one that fails twenty points more often is taken back after some twenty minutes", () => {
      const { runs, takenBack, caughtMs } = replayed({ errors: { points: 0.2 } })!;
      expect(takenBack).toBe(runs);
      expect(caughtMs!.median / 60_000).toBeGreaterThan(10);
      expect(caughtMs!.median / 60_000).toBeLessThan(25);
    });
  });
});

describe("docs/rollouts.md names what the schema has", () => {
  const members = membersOf(z.toJSONSchema(RolloutPlan, { io: "input" }) as JsonSchema, "");
  const rows = new Map(
    [...page.matchAll(/^\| `([a-z]\S*)` \| .+ \|$/gim)].map(([row, name = ""]) => [name, row]),
  );

  test("every member has a row, and none has another", () => {
    const documented = [...rows.keys()].filter((name) => !/^[a-z]+(-[a-z]+)+$/.test(name));
    expect(documented.toSorted()).toEqual([...new Set(members.map(({ path }) => path))].toSorted());
  });

  test.each(members.map((member) => [member.path, member] as const))(
    "the row of %s has its bounds, its default, and says whether it is needed",
    (path, { schema, needed, isAlternative }) => {
      const cells = (rows.get(path) ?? "").split(" | ");
      const [possible = "", leftOut = ""] = cells.slice(-2);
      for (const bound of boundsOf(schema)) expect(possible.match(/[\d.]+/g)?.map(Number)).toContain(bound);
      for (const value of schema.enum ?? []) expect(possible).toContain(`\`${value}\``);
      if (schema.default !== undefined)
        expect(parse(/`(.*)`/.exec(leftOut)?.[1] ?? "")).toEqual(schema.default);
      else if (!isAlternative) expect(leftOut.startsWith("needed")).toBe(needed);
    },
  );

  test("every code of a finding of plans has a row", () => {
    const said = /(?:finding|refuse)\(\s*"([\w-]+)"|code: "(\w+-[\w-]+)"/g;
    const codes = sources().flatMap((text) => [...text.matchAll(said)].map(([, a, b]) => a ?? b ?? ""));
    const documented = [...rows.keys()].filter((name) => /^[a-z]+(-[a-z]+)+$/.test(name));
    expect(documented.toSorted()).toEqual([...new Set(codes)].toSorted());
  });

  test.each(wrong)("what is wrong with a plan says its code and the page's fix: %s", (code, change) => {
    const { error } = RolloutPlan.safeParse({ ...all[0], ...change });
    const found = findingsOf(error!).filter((finding) => finding.code === code);
    const cells = (rows.get(code) ?? "").replaceAll("`", "").split(" | ");
    expect(found.map(({ fix }) => `${fix} |`)).toEqual([cells.at(-1)]);
  });

  test("every code of a plan's text is among those", () => {
    expect(wrong.map(([code]) => code).toSorted()).toEqual(Object.keys(planFixes).toSorted());
  });
});

/** Of what says something about plans. */
function sources(): string[] {
  return ["./", "../foresight/"].flatMap((folder) => {
    const here = new URL(folder, import.meta.url);
    const files = readdirSync(here).filter((name) => /(?<!\.test)\.ts$/.test(name));
    return files.map((name) => readFileSync(new URL(name, here), "utf8"));
  });
}

function shapeOf(steps: readonly Step[]): string {
  const ways = steps.map((step) => ("mirror" in step ? "mirror" : "match" in step ? "match" : "weights"));
  const weights = steps.map((step) => ("weight" in step ? step.weight : undefined));
  return weights.join() === "0,100" ? "0, 100" : [...new Set(ways)].join(", ");
}

/** Of what `z.toJSONSchema` makes of a plan. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly type?: string;
  readonly [bound: string]: unknown;
}

interface Member {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly needed: boolean;
  /** Of an object that has either this or other members. */
  readonly isAlternative: boolean;
}

/** As paths of findings have them, with `[]` for any item; matches are those of routes, and are told there. */
function membersOf(schema: JsonSchema, at: string): Member[] {
  if (at === "testers" || at.endsWith(".match")) return [];
  const either = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = at === "" ? name : `${at}.${name}`;
    const needed = schema.required?.includes(name) === true;
    return [{ path, schema: member, needed, isAlternative: at === "sticky" }, ...membersOf(member, path)];
  });
  const items = schema.items ? membersOf(schema.items, `${at}[]`) : [];
  return [...own, ...items, ...either.flatMap((one) => membersOf(one, at))];
}

function boundsOf(schema: JsonSchema): number[] {
  const names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
  const lengths = ["minLength", "maxLength", "minItems", "maxItems"];
  return [...names, ...lengths].flatMap((name) => (typeof schema[name] === "number" ? [schema[name]] : []));
}
