import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { decisionsByEdge } from "./decisions-by-edge.ts";
import { decisionsByPolicy } from "./decisions-by-policy.ts";
import { decisionsByRoute } from "./decisions-by-route.ts";
import { decisionsBySource } from "./decisions-by-source.ts";
import { decisionsOfPolicy } from "./decisions-of-policy.ts";
import { decisionsOfService } from "./decisions-of-service.ts";
import { cartEnd, paymentsEnd, sampleDecision, sampleMs, sampleRequest } from "./sample-records.ts";

const hourMs = 3_600_000;
const route = { namespace: "shop", name: "cart-split", kind: "route", revision: 3 };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  // One decision every ten seconds for five hours, each in a commit of its hour, and some of a route.
  for (let hour = 0; hour < 5; hour++)
    await commit(
      ...Array.from({ length: 360 }, (_, slot) =>
        sampleDecision({ timeMs: sampleMs + hour * hourMs + (slot + 1) * 10_000, evaluated: 1, wouldAct: 1 }),
      ),
    );
  const timeMs = sampleMs + 1;
  await commit(
    sampleDecision({ timeMs, policy: route, verdict: "version=v2", evaluated: 30, acted: 30 }),
    sampleDecision({ timeMs, policy: route, verdict: "version=v1", evaluated: 20, acted: 0, wouldAct: 0 }),
    sampleDecision({ timeMs, policy: route, source: paymentsEnd, verdict: "version=v2", evaluated: 5 }),
  );
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const caches = createTelemetryCaches();
const commit = (...decisionPoints: ReturnType<typeof sampleDecision>[]) =>
  commitTelemetry(sql, { requests: [sampleRequest({ decisionPoints })] }, caches);

// Seconds from the first decision on; a slot counts when it starts before the end and does not end before the start.
test.each`
  from    | to       | evaluated | why
  ${0}    | ${18000} | ${1800}   | ${"whole hours"}
  ${0}    | ${3600}  | ${360}    | ${"one of them"}
  ${10}   | ${3600}  | ${359}    | ${"an hour that is not whole"}
  ${3590} | ${10830} | ${724}    | ${"hours, and what is before and after them"}
  ${3595} | ${10825} | ${724}    | ${"slots that are partly in it count whole"}
  ${-900} | ${5}     | ${1}      | ${"what is before the first"}
`("$why: $evaluated between $from and $to", async ({ from, to, evaluated }) => {
  const window = { fromMs: sampleMs + from * 1000, toMs: sampleMs + to * 1000 };
  const { verdicts } = await decisionsOfPolicy(sql, { namespace: "shop", name: "payments-canary" }, window);
  expect(verdicts).toMatchObject([{ verdict: "version=v2", evaluated, wouldAct: evaluated, acted: 0 }]);
});

test("hours are asked where tens of seconds are dropped already", async () => {
  await sql`UPDATE rollup SET kept_from_ms = ${sampleMs + 2 * hourMs} WHERE name = 'decision_10s'`;
  const window = { fromMs: sampleMs + hourMs / 2, toMs: sampleMs + 2.5 * hourMs };
  const { verdicts } = await decisionsOfPolicy(sql, { namespace: "shop", name: "payments-canary" }, window);
  expect(verdicts[0]?.evaluated).toBe(360 + 360 + 180);
  await sql`UPDATE rollup SET kept_from_ms = 0 WHERE name = 'decision_10s'`;
});

const firstHour = { fromMs: sampleMs, toMs: sampleMs + hourMs };

test("by policy", async () => {
  expect(await decisionsByPolicy(sql, firstHour)).toEqual([
    { namespace: "shop", policy: "payments-canary", kind: "canary", evaluated: 360, wouldAct: 360, acted: 0 },
    { namespace: "shop", policy: "cart-split", kind: "route", evaluated: 55, wouldAct: 6, acted: 30 },
  ]);
});

test("by source", async () => {
  expect(await decisionsBySource(sql, firstHour)).toEqual([
    { namespace: "shop", service: "cart", policies: 2, evaluated: 410, wouldAct: 363, acted: 30 },
    { namespace: "shop", service: "payments", policies: 1, evaluated: 5, wouldAct: 3, acted: 0 },
  ]);
});

test("by route", async () => {
  const own = {
    namespace: "shop",
    policy: "cart-split",
    destination: { namespace: "shop", service: "payments" },
  };
  expect(await decisionsByRoute(sql, firstHour)).toEqual([
    { ...own, verdict: "version=v2", evaluated: 35, wouldAct: 6, acted: 30 },
    { ...own, verdict: "version=v1", evaluated: 20, wouldAct: 0, acted: 0 },
  ]);
});

test("of a service: by policy, mode and verdict, whoever was calling", async () => {
  const payments = { namespace: "shop", service: "payments" };
  const rows = await decisionsOfService(sql, payments, firstHour);
  expect(
    rows.map(({ policy, kind, mode, verdict, evaluated }) => [policy, kind, mode, verdict, evaluated]),
  ).toEqual([
    ["payments-canary", "canary", "observe", "version=v2", 360],
    ["cart-split", "route", "observe", "version=v2", 35],
    ["cart-split", "route", "observe", "version=v1", 20],
  ]);
  expect(await decisionsOfService(sql, { namespace: "shop", service: "cart" }, firstHour)).toEqual([]);
});

test("by edge: what was changed, or would have been; not which version was chosen by a canary", async () => {
  const changed = { kind: "route", verdict: "version=v2", destination: paymentsEnd };
  expect(await decisionsByEdge(sql, firstHour)).toEqual([
    { ...changed, source: cartEnd, evaluated: 30, wouldAct: 3, acted: 30 },
    { ...changed, source: paymentsEnd, evaluated: 5, wouldAct: 3, acted: 0 },
  ]);
});
