import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
} from "@weir/store";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { exitCodes } from "./command-error.ts";
import { runCommand } from "./run-command.ts";

let database: TestDatabase;
let store: ConfigStore;
let folder: string;
let out: string[];
let err: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  folder = mkdtempSync(join(tmpdir(), "weir rollouts "));
  for (const [index, version] of ["v1", "v2"].entries())
    await store.registerSidecar(
      {
        proxyId: `payments-${version}`,
        workload: { namespace: "shop", service: "payments", version },
        inboundAddress: `127.0.0.1:${18_000 + index}`,
        release: "0.1.0",
      },
      { controllerId: "test", leaseMs: 600_000 },
    );
});
afterAll(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  out = [];
  err = [];
});
afterEach(async () => {
  const { found } = await store.listRollouts({ running: true, limit: 9 });
  for (const { id } of found) await store.commandRollout(id, { kind: "abort" }, { author: "test" });
});

function weir(...args: string[]): Promise<number> {
  const config = readConfig({ DATABASE_URL: database.databaseUrl, WEIR_AUTHOR: "ann", INIT_CWD: folder });
  return runCommand(["rollout", ...args], config, {
    print: (text) => void out.push(text),
    printError: (text) => void err.push(text),
  });
}

const plan = `name: payments-v2
namespace: shop
targetRef: payments
baseline: v1
canary: v2
steps:
  - { weight: 10, forMs: 60000, approval: true }
  - { weight: 50, forMs: 60000 }
  - { weight: 100, forMs: 0 }
`;

function file(text: string): string {
  writeFileSync(join(folder, "plan.yaml"), text);
  return join(folder, "plan.yaml");
}

/** So many requests a second to the baseline, for the last quarter of an hour. */
async function payNow(perS: number): Promise<void> {
  const end = (service: string) => ({ namespace: "shop", service, version: "v1" });
  const slotMs = Math.floor(Date.now() / 10_000) * 10_000;
  const edgePoints = Array.from({ length: 90 }, (_, n) => ({
    ...{ timeMs: slotMs - n * 10_000, reporter: "source" as const, protocol: "http" as const, method: "GET" },
    ...{ source: end("cart"), destination: end("payments"), statusClass: 2, flag: "", requests: perS * 10 },
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 1, exemplars: [] },
    histogram: { indexes: [-70], counts: [perS * 10] },
  }));
  const rows = { accessLogs: [], logs: [], decisionPoints: [], metricPoints: [], spans: undefined };
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  const request = { ...rows, digest: new Uint8Array(32), edgePoints };
  await commitTelemetry(sql, { requests: [request] }, createTelemetryCaches());
  await sql.end();
}

const start = (text = plan) => weir("start", "-f", file(text), "--yes", "--reason", "release 2.4");

test("begun, listed, shown, steered and ended", async () => {
  expect(await weir("list")).toBe(exitCodes.done);
  expect(await start()).toBe(exitCodes.done);
  expect(out).toEqual([
    "no rollout is under way",
    expect.stringMatching(/^shop\/payments: rollout \d+: v2 begins to take over from v1: 10 %$/),
  ]);
  expect(await store.listAudit({ limit: 1 })).toMatchObject([{ author: "ann", reason: "release 2.4" }]);

  out = [];
  expect(await weir("list")).toBe(exitCodes.done);
  expect(out[0]).toMatch(/^\d+ +shop\/payments +v1 to v2 +running +step 1 of 3, 10 %$/m);

  out = [];
  for (const args of [
    ["pause", "shop/payments", "--reason", "lunch"],
    ["resume", "shop/payments"],
    ["approve", "shop/payments", "--step", "1"],
    ["skip", "shop/payments", "--yes"],
    ["promote", "shop/payments", "--yes"],
    ["abort", "shop/payments", "--yes", "--reason", "enough"],
  ])
    expect(await weir(...args)).toBe(exitCodes.done);
  expect(out.map((line) => line.replace(/^shop\/payments: rollout \d+: /, ""))).toEqual([
    ...["paused by hand", "goes on by hand", "approved by hand", "the step was skipped by hand: now 50 %"],
    ...["promoted by hand: now 100 %", "back to the baseline by hand"],
  ]);

  out = [];
  expect(await weir("show", "shop/payments")).toBe(exitCodes.done);
  expect(out[0]).toMatch(
    /^shop\/payments: v2 takes over from v1 \(rollout \d+, plan payments-v2, revision 1\)$/m,
  );
  expect(out[0]).toMatch(/^aborted, step 3 of 3, 100 %: back to the baseline by hand$/m);
  expect(out[0]).toMatch(/ ann +paused +by hand \(lunch\)$/m);
  expect(out[0]).toMatch(/^✔ +1 +10 % +60 s +approval$/m);

  out = [];
  expect(await weir("list", "--all", "--service", "shop/payments", "-o", "json")).toBe(exitCodes.done);
  expect(JSON.parse(out[0]!)).toMatchObject([{ state: { phase: "aborted" }, plan: { canary: "v2" } }]);
  out = [];
  expect(await weir("show", "shop/payments", "-o", "json")).toBe(exitCodes.done);
  const shown = JSON.parse(out[0]!);
  expect(shown.events[0]).toMatchObject({ action: "abort", author: "ann", comment: "enough" });
  expect(shown).not.toHaveProperty("analysis");
});

test("a paused one says why, and not that it is paused", async () => {
  await start();
  expect(await weir("pause", "shop/payments", "--reason", "lunch")).toBe(exitCodes.done);
  expect(await weir("show", "shop/payments")).toBe(exitCodes.done);
  expect(out.at(-1)).toMatch(/^paused, step 1 of 3, 10 %: by hand \(lunch\)$/m);
});

test("a route that takes some requests from it is warned of at the start", async () => {
  const author = { author: "test" };
  const backends = [{ version: "v1", weight: 100 }];
  const at = { namespace: "shop", name: "deletes", targetRef: "payments" };
  const route = { ...at, kind: "route", mode: "enforce" } as const;
  const { revision } = await store.putPolicy(
    { ...route, rules: [{ match: [{ method: "DELETE" }], backends }] },
    author,
  );
  expect(await start()).toBe(exitCodes.done);
  expect(err).toEqual([
    expect.stringMatching(/^warning: .*plan\.yaml:3:1: targetRef: route policy deletes decides first: /),
  ]);
  await store.deletePolicy("shop", "deletes", { ...author, expectedRevision: revision });
});

test("a command that comes late, or twice, moves nothing", async () => {
  await start();
  expect(await weir("skip", "shop/payments", "--step", "1", "--yes")).toBe(exitCodes.done);
  expect(await weir("skip", "shop/payments", "--step", "1", "--yes")).toBe(exitCodes.refused);
  expect(err).toEqual(["weir: step 1 is not the present one: the rollout is in step 2"]);
  const {
    found: [rollout],
  } = await store.listRollouts({ running: true, limit: 1 });
  expect(rollout?.state.step).toBe(1);
});

test.each`
  args                                           | says
  ${["skip", "shop/payments"]}                   | ${"skipping a step needs --yes when nobody can be asked. Rollout 0: v2 of shop/payments goes from 10 % to 50 % at once, without evidence."}
  ${["promote", "shop/payments"]}                | ${"promoting needs --yes when nobody can be asked. Rollout 0: v2 of shop/payments goes from 10 % to 100 % at once, without evidence."}
  ${["abort", "shop/payments"]}                  | ${"aborting a rollout needs --yes when nobody can be asked. Rollout 0: v2 of shop/payments goes from 10 % to 0 %, for good."}
  ${["promote", "shop/payments", "--step", "1"]} | ${/^weir: promoting needs --yes/}
`("$args says what would move, and moves nothing unless somebody agrees", async ({ args, says }) => {
  await start();
  expect(await weir(...args)).toBe(exitCodes.usage);
  const said = err.join("").replace(/Rollout \d+/, "Rollout 0");
  if (says instanceof RegExp) expect(said).toMatch(says);
  else expect(said).toBe(`weir: ${says}`);
  const { found } = await store.listRollouts({ running: true, limit: 1 });
  expect(found[0]?.state).toMatchObject({ step: 0, phase: "running" });
});

test("a rollout begins only where somebody agrees to what it moves", async () => {
  expect(await weir("start", "-f", file(plan))).toBe(exitCodes.usage);
  expect(err).toEqual([
    "weir: starting a rollout needs --yes when nobody can be asked. v2 of shop/payments takes over from v1; its first step (10 %) is enforced at once.",
  ]);
  expect((await store.listRollouts({ running: true, limit: 1 })).found).toEqual([]);
});

test("a plan that the requests of now do not bring to its end in time is warned of, before anything moves", async () => {
  await payNow(10);
  const slow = plan.replace("weight: 10, forMs: 60000, approval: true", "weight: 1, forMs: 60000");
  expect(await weir("start", "-f", file(`${slow}maxDurationMs: 3600000\n`))).toBe(exitCodes.usage);
  expect(err).toEqual([
    expect.stringMatching(
      /^warning: .*plan\.yaml:6:1: steps: as requests come now, the steps take about .*, before its end\. Allow /,
    ),
    expect.stringContaining("needs --yes"),
  ]);
  err = [];
  expect(await start(`${slow}maxDurationMs: 3600000\n`), "it is a warning").toBe(exitCodes.done);
  expect(err).toHaveLength(1);
});

test("the plan that start --help shows can be started as it stands, and the page it names is there", async () => {
  expect(await weir("start", "--help")).toBe(0);
  const help = out.join("\n");
  const [, shown = ""] = /^A plan.*:\n((?: {2}.*\n)+)/m.exec(help) ?? [];
  expect(await start(shown.replaceAll(/^ {2}/gm, ""))).toBe(0);
  expect((await store.listRollouts({ running: true, limit: 1 })).found).toHaveLength(1);
  const [page] = /docs\/\S+\.md/.exec(help) ?? [];
  expect(page).toBe("docs/rollouts.md");
  expect(existsSync(new URL(`../../../../${page}`, import.meta.url))).toBe(true);
});

test("one whose plan another release wrote is told of, and can be ended", async () => {
  await start();
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE ended_at IS NULL`;
  await sql.end();
  for (const asked of ["show", "pause"]) expect(await weir(asked, "shop/payments")).toBe(exitCodes.refused);
  for (const line of err)
    expect(line).toMatch(
      /^weir: rollout \d+ of shop\/payments cannot be read by this release: .*quantum.*; while it is not over, weir rollout abort shop\/payments ends it$/,
    );
  out = [];
  expect(await weir("abort", "shop/payments", "--reason", "of the release after", "--yes")).toBe(
    exitCodes.done,
  );
  expect(out).toEqual([
    expect.stringMatching(
      /^shop\/payments: rollout \d+: back to the baseline by hand, its plan cannot be read .* all requests go to v1$/,
    ),
  ]);
  expect(await store.listAudit({ limit: 1 })).toMatchObject([
    { author: "ann", reason: "of the release after", action: "rollout.abort" },
  ]);
  expect(await weir("abort", "shop/payments", "--yes")).toBe(exitCodes.refused);
  expect(err.at(-1)).toBe("weir: the rollout is over");
});

describe("a plan that is not acceptable is refused at its lines", () => {
  test.each`
    change                                                 | says
    ${["canary: v2", "canary: v9"]}                        | ${/plan.yaml:5:1: canary: payments has no version v9; it has v1, v2\. Name a version/}
    ${["weight: 50", "weight: 5"]}                         | ${/plan.yaml:8:5: steps\[1\]: must be above the weight before it, 10/}
    ${["weight: 100", "weight: 90"]}                       | ${/plan.yaml:6:1: steps: must end with the weight 100/}
    ${["targetRef: payments", "targetRef: nobody"]}        | ${/plan.yaml:3:1: targetRef: there is no service nobody/}
    ${["forMs: 60000, approval", "forMs: 60000, aproval"]} | ${/plan.yaml:7:\d+: steps\[0\].aproval: is not known here/}
    ${["steps:", "steps: ["]}                              | ${/plan.yaml:\d+:\d+: is no YAML/}
  `("$change", async ({ change: [from, to], says }) => {
    expect(await start(plan.replace(from, to))).toBe(exitCodes.refused);
    expect(err[0]).toMatch(/^weir: nothing was done, for the plan is not acceptable:\s/);
    expect(err[0]).toMatch(says);
    expect((await store.listRollouts({ running: true, limit: 1 })).found).toEqual([]);
  });

  test("several problems stand on a line each, and what is missing is called so", async () => {
    const wrong = plan.replace("name: payments-v2\n", "").replace("canary: v2", "canary: 7");
    expect(await start(wrong)).toBe(exitCodes.refused);
    expect(err[0]?.split("\n")).toEqual([
      "weir: nothing was done, for the plan is not acceptable:",
      expect.stringMatching(/^ {2}.+plan\.yaml:1:1: name: is missing\. Give it a value of type string\.$/),
      expect.stringMatching(/^ {2}.+plan\.yaml:4:1: canary: /),
    ]);
  });

  test("and so is a second one of a service", async () => {
    await start();
    expect(await start()).toBe(exitCodes.refused);
    expect(err[0]).toMatch(/plan.yaml:3:1: targetRef: rollout \d+ of payments is not over yet/);
  });
});

test.each`
  args                                              | code                 | says
  ${["show", "shop/nobody"]}                        | ${exitCodes.refused} | ${"shop/nobody has no rollout; begin one with weir rollout start -f plan.yaml"}
  ${["pause", "payments"]}                          | ${exitCodes.usage}   | ${"does not name a service"}
  ${["skip", "shop/payments", "--step", "first"]}   | ${exitCodes.usage}   | ${"Write the step's number"}
  ${["start"]}                                      | ${exitCodes.usage}   | ${"required option"}
  ${["start", "--yes", "-f", "/nowhere/plan.yaml"]} | ${exitCodes.failed}  | ${"cannot read /nowhere/plan.yaml"}
  ${["show", "shop/nobody", "--id", "x"]}           | ${exitCodes.refused} | ${"has no rollout"}
`("$args: $says", async ({ args, code, says }) => {
  expect(await weir(...args)).toBe(code);
  expect(err.join("\n")).toContain(says);
});
