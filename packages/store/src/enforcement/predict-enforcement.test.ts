import type { MeshConfig, ModeSwitch, RevisedPolicy } from "@weir/domain";
import { gateOf } from "@weir/rollout";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "../telemetry/caches.ts";
import { commitTelemetry } from "../telemetry/commit-telemetry.ts";
import { sampleDecision, sampleEdge, sampleMs, sampleRequest } from "../telemetry/sample-records.ts";
import { enforcementTicks } from "./enforcement-ticks.ts";
import { observedSince } from "./observed-since.ts";
import { predictEnforcement } from "./predict-enforcement.ts";

const canary: RevisedPolicy = {
  ...{ kind: "canary", namespace: "shop", name: "payments-canary", targetRef: "payments", revision: 2 },
  backends: [{ version: "v1", weight: 100 }],
};
const config: MeshConfig = {
  mesh: { mode: "observe", hold: false },
  namespaces: [{ name: "shop" }],
  services: [{ namespace: "shop", name: "payments", hosts: [], protocol: "http" }],
  policies: [canary, { ...canary, name: "other", mode: "observe" }],
};
const allow = (name: string): RevisedPolicy => ({
  ...{ kind: "authorization", namespace: "shop", name, targetRef: "payments", revision: 1 },
  rules: [{ from: [{ services: [name === "a-allow" ? "web" : "cart"] }] }],
});
const allows: MeshConfig = { ...config, policies: [allow("a-allow"), allow("b-allow")] };
const at = { scope: "service", namespace: "shop", name: "payments" } as const;
const window = { fromMs: sampleMs, toMs: sampleMs + 60_000 };
const policy = { namespace: "shop", name: "payments-canary", kind: "canary", revision: 2 };
const web = { namespace: "shop", service: "web", version: "v1" };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const timeMs = sampleMs + 10_000;
  const edgePoints = [
    sampleEdge({ timeMs }),
    sampleEdge({ timeMs: timeMs + 10_000, statusClass: 5 }),
    sampleEdge({ timeMs, destination: web }),
  ];
  const decisionPoints = [
    sampleDecision({ timeMs, policy }),
    sampleDecision({ timeMs, policy, source: web, verdict: "version=v1", evaluated: 40, wouldAct: 0 }),
    sampleDecision({ timeMs, policy: { ...policy, revision: 1 }, evaluated: 500 }),
    sampleDecision({ timeMs, policy: { ...policy, name: "other" }, evaluated: 500 }),
    ...["a-allow", "b-allow"].map((name) =>
      sampleDecision({
        ...{ timeMs, policy: { namespace: "shop", name, kind: "authorization", revision: 1 } },
        ...{ verdict: name === "a-allow" ? "spared" : "allow", evaluated: 10, wouldAct: 0 },
      }),
    ),
    sampleDecision({
      ...{ timeMs, policy: { namespace: "shop", name: "c-deny", kind: "authorization", revision: 1 } },
      ...{ verdict: "deny", evaluated: 2, wouldAct: 2 },
    }),
    sampleDecision({ timeMs: timeMs + 10_000, policy, mode: "enforce", evaluated: 7, wouldAct: 2, acted: 2 }),
  ];
  await commitTelemetry(
    sql,
    { requests: [sampleRequest({ edgePoints, decisionPoints })] },
    createTelemetryCaches(),
  );
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("the present revision of what would begin to act is predicted by what it observed", async () => {
  const { policies, services } = await predictEnforcement(sql, config, at, window);
  const [v2, v1] = [
    { verdict: "version=v2", evaluated: 10, acts: 3 },
    { verdict: "version=v1", evaluated: 40, acts: 0 },
  ];
  expect(policies).toEqual([
    {
      ...{ namespace: "shop", name: "payments-canary", kind: "canary", targetRef: "payments", revision: 2 },
      ...{ evaluated: 50, acts: 3, verdicts: [v1, v2] },
      callers: [
        { namespace: "shop", service: "web", evaluated: 40, acts: 0, verdicts: [v1] },
        { namespace: "shop", service: "cart", evaluated: 10, acts: 3, verdicts: [v2] },
      ],
      unheard: [],
    },
  ]);
  expect(services).toEqual([
    {
      ...{ namespace: "shop", service: "payments", requests: 6, failures: 3 },
      durations: { indexes: [-107, -100], counts: [2, 4] },
    },
  ]);
});

test("callers that only another allow lets in, which goes on observing, are asked for", async () => {
  const alone: ModeSwitch = { scope: "policy", namespace: "shop", name: "a-allow" };
  const asked = async (of: MeshConfig, switched: ModeSwitch) =>
    gateOf(await predictEnforcement(sql, of, switched, window)).denied;
  const cart = {
    ...{ namespace: "shop", service: "cart", denied: { atLeast: 10, atMost: 10 }, requests: 10 },
    ...{ services: ["shop/payments"], policies: ["shop/a-allow"] },
  };
  expect(await asked(allows, alone)).toEqual([cart]);
  const pinned = allows.policies.map((own) =>
    own.name === "b-allow" ? { ...own, mode: "observe" as const } : own,
  );
  expect(await asked({ ...allows, policies: pinned }, at)).toEqual([cart]);
  expect(await asked(allows, at)).toEqual([]);
});

test("callers of the day of whose requests nothing was judged are named, whatever the window", async () => {
  const heard = async (of: MeshConfig, over = window) =>
    (await predictEnforcement(sql, of, at, over)).policies.map(({ name, unheard }) => [name, unheard]);
  const cart = { namespace: "shop", service: "cart" };
  expect(await heard(allows), "cart was spared by the one, and let in by the other").toEqual([
    ["a-allow", []],
    ["b-allow", []],
  ]);
  const later = { fromMs: sampleMs + 3_600_000, toMs: sampleMs + 3_660_000 };
  expect(await heard(allows, later)).toEqual([
    ["a-allow", [cart]],
    ["b-allow", [cart]],
  ]);
  expect(await heard(config, later), "a canary refuses nobody").toEqual([["payments-canary", []]]);
  const deny = { ...allow("c-deny"), action: "deny" } as RevisedPolicy;
  expect(
    await heard({ ...config, policies: [deny] }, later),
    "of whom it does not match a deny says nothing",
  ).toEqual([["c-deny", []]]);
  const acting = { ...allow("b-allow"), mode: "enforce" as const };
  expect(
    await heard({ ...config, policies: [allow("a-allow"), acting] }, later),
    "another allow refuses already",
  ).toEqual([["a-allow", []]]);
});

test("an allow beside one in force refuses nobody more", async () => {
  const acting = { ...allow("b-allow"), mode: "enforce" as const };
  const of = (policies: readonly RevisedPolicy[]) =>
    predictEnforcement(sql, { ...config, policies: [...policies] }, at, window);
  expect((await of([allow("a-allow"), acting])).policies).toMatchObject([
    { name: "a-allow", onlyOpens: true },
  ]);
  expect((await of([allow("a-allow")])).policies[0]).not.toHaveProperty("onlyOpens");
  const deny = { ...allow("c-deny"), action: "deny" } as RevisedPolicy;
  expect((await of([deny, acting])).policies[0]).not.toHaveProperty("onlyOpens");
});

describe("of what is judged only where it matches, all requests of the caller count", () => {
  const deny = { ...allow("c-deny"), action: "deny" } as RevisedPolicy;
  const predicted = async (over = window) =>
    (await predictEnforcement(sql, { ...config, policies: [deny] }, at, over)).policies[0]!;

  test("in what is predicted", async () => {
    expect(await predicted()).toMatchObject({
      ...{ evaluated: 2, acts: 2, requests: 6 },
      callers: [{ service: "cart", evaluated: 2, acts: 2, requests: 6 }],
    });
  });

  test("since the revision was saved, and was last enforced", async () => {
    const since = await observedSince(sql, [deny, canary], window);
    expect([since(deny) - sampleMs, since(canary) - sampleMs]).toEqual([0, 20_000]);
    await sql`INSERT INTO policy (id, namespace, name, target, kind, revision, spec, changed_by)
      OVERRIDING SYSTEM VALUE VALUES (1, 'shop', 'c-deny', 'payments', 'authorization', 1, '{}', 'ann')`;
    await sql`INSERT INTO policy_revision (policy_id, revision, author, config_revision, created_at)
      VALUES (1, 1, 'ann', 1, ${new Date(sampleMs + 2_000)})`;
    expect((await observedSince(sql, [deny], window))(deny) - sampleMs).toBe(10_000);
    expect(await predicted(), "what it said was in the slot before").toMatchObject({
      ...{ evaluated: 0, requests: 3, callers: [] },
    });
  });

  test("and what it said is of the same time, where a namespace was enforced for a while and no revision was made", async () => {
    const dayMs = sampleMs + 86_400_000;
    const of = { namespace: "shop", name: "c-deny", kind: "authorization", revision: 1 } as const;
    const said = (timeMs: number, requests: number, mode: "observe" | "enforce" = "observe") => {
      const [evaluated, acted] = [requests / 20, mode === "enforce" ? requests / 20 : 0];
      return {
        edgePoints: [sampleEdge({ timeMs, requests, histogram: { indexes: [-107], counts: [requests] } })],
        decisionPoints: [
          sampleDecision({
            timeMs,
            policy: of,
            mode,
            verdict: "deny",
            evaluated,
            wouldAct: evaluated,
            acted,
          }),
        ],
      };
    };
    const all = [
      said(dayMs + 10_000, 2_000),
      said(dayMs + 20_000, 400, "enforce"),
      said(dayMs + 30_000, 200),
    ];
    const points = {
      edgePoints: all.flatMap(({ edgePoints }) => edgePoints),
      decisionPoints: all.flatMap(({ decisionPoints }) => decisionPoints),
    };
    await commitTelemetry(sql, { requests: [sampleRequest(points)] }, createTelemetryCaches());
    const own = { fromMs: dayMs, toMs: dayMs + 30_000 };
    expect(await predicted(own)).toMatchObject({
      ...{ evaluated: 10, acts: 10, requests: 200 },
      callers: [{ service: "cart", evaluated: 10, acts: 10, requests: 200 }],
    });
    expect(await predicted({ ...own, toMs: dayMs + 20_000 }), "enforced up to then").toMatchObject({
      ...{ evaluated: 0, acts: 0, requests: 0, callers: [] },
    });
  });

  test("since it was last enforced, of days of which hours alone are kept", async () => {
    const endMs = sampleMs + 10 * 86_400_000;
    const longAgoMs = endMs - 3 * 86_400_000;
    const of = { namespace: "shop", name: "d-deny", kind: "authorization", revision: 1 } as const;
    const decisionPoints = [
      sampleDecision({ timeMs: longAgoMs + 20_000, policy: of, mode: "enforce" }),
      sampleDecision({ timeMs: endMs - 1_200_000, policy: { ...of, name: "e-deny" }, mode: "enforce" }),
    ];
    await commitTelemetry(sql, { requests: [sampleRequest({ decisionPoints })] }, createTelemetryCaches());
    const [old, recent] = [
      { ...deny, name: "d-deny" },
      { ...deny, name: "e-deny" },
    ];
    const over = async (week: typeof window) => {
      const since = await observedSince(sql, [old, recent], week);
      return [since(old), since(recent)];
    };
    const week = { fromMs: endMs - 7 * 86_400_000, toMs: endMs };
    expect(await over(week)).toEqual([longAgoMs + 20_000, endMs - 1_200_000]);
    await sql`DELETE FROM decision_10s WHERE slot_ms < ${endMs - 86_400_000} AND slot_ms >= ${week.fromMs}`;
    expect(await over(week), "the hour counts as a whole").toEqual([
      longAgoMs + 3_600_000,
      endMs - 1_200_000,
    ]);
    const minutes = { fromMs: endMs - 900_000, toMs: endMs };
    expect(await over(minutes), "enforced before the window began").toEqual([minutes.fromMs, minutes.fromMs]);
  });

  test("in what is watched", async () => {
    const prediction = { fromMs: 0, toMs: 1, services: [], policies: [await predicted()] };
    const ticks = await enforcementTicks(sql, prediction, { fromMs: sampleMs, toMs: sampleMs + 30_000 });
    expect(ticks.map(({ asked }) => asked.map(({ requests }) => requests))).toEqual([[3], [3], [0]]);
    expect(ticks[1]!.asked[0]).toMatchObject({
      source: { service: "cart" },
      destination: { service: "payments" },
    });
  });
});

test("what nothing has passed is predicted to do nothing, of no evidence", async () => {
  const later = { fromMs: sampleMs + 3_600_000, toMs: sampleMs + 3_660_000 };
  const { policies, services } = await predictEnforcement(sql, config, at, later);
  expect(policies).toMatchObject([{ evaluated: 0, acts: 0, verdicts: [], callers: [] }]);
  expect(services).toMatchObject([{ requests: 0, failures: 0 }]);
  const nothing = { scope: "policy", namespace: "shop", name: "ghost" } as const;
  expect(await predictEnforcement(sql, config, nothing, window)).toMatchObject({
    policies: [],
    services: [],
  });
});

test("slot by slot it is a tick each", async () => {
  const prediction = await predictEnforcement(sql, config, at, window);
  const ticks = await enforcementTicks(sql, prediction, { fromMs: sampleMs, toMs: sampleMs + 30_000 });
  expect(ticks.map(({ fromMs, toMs }) => [fromMs - sampleMs, toMs - sampleMs])).toEqual([
    [0, 10_000],
    [10_000, 20_000],
    [20_000, 30_000],
  ]);
  const counts = ticks.map(({ decisions, services }) => [
    decisions.map(({ mode, revision, verdict, acted }) => `${mode} ${revision} ${verdict} ${acted}`),
    services.map(({ service, requests, failures }) => `${service} ${requests} ${failures}`),
  ]);
  expect(counts).toEqual([
    [["observe 1 version=v2 0", "observe 2 version=v1 0", "observe 2 version=v2 0"].sort(), ["payments 3 0"]],
    [["enforce 2 version=v2 2"], ["payments 3 3"]],
    [[], ["payments 0 0"]],
  ]);
});
