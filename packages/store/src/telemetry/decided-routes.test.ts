import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { type DecidedRoutesSettings, decidedRoutes } from "./decided-routes.ts";
import type { DecisionFilter } from "./observed-decisions.ts";
import {
  cartEnd,
  paymentsEnd,
  sampleAccessLog,
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleTraceId,
} from "./sample-records.ts";

let database: TestDatabase;
let sql: Sql;
const deny = { policy: "deny", kind: "authorization", revision: 2, mode: "observe", reason: "rules[0]" };
const said = (change: object = {}) => ({ ...deny, verdict: "deny", wouldAct: true, acted: false, ...change });
const v2 = { ...paymentsEnd, version: "v2" };

beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const logged = (count: number, path: string, decisions: object[], change = {}) =>
    Array.from({ length: count }, (_, i) =>
      sampleAccessLog({ timeNs: sampleNs + BigInt(i) * 1_000_000n, path, decisions, ...change }),
    );
  const accessLogs = [
    ...logged(4, "/charges/1234", [said()], { traceId: sampleTraceId(1) }),
    ...logged(2, "/charges/99", [said(), said({ policy: "limit", kind: "rateLimit", verdict: "limit" })], {
      destination: v2,
      traceId: sampleTraceId(2),
    }),
    ...logged(3, "/pay", [said({ verdict: "allow", wouldAct: false })]),
    ...logged(3, "/pay", [said({ mode: "enforce", acted: true })]),
    ...logged(1, "/cart", [said()], { source: paymentsEnd, destination: cartEnd }),
    ...logged(1, "/late", [said()], { timeNs: sampleNs + 900_000_000_000n }),
  ];
  const spans = [sampleSpan({ traceId: sampleTraceId(2) })];
  await commitTelemetry(sql, { requests: [sampleRequest({ accessLogs, spans })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const window = { fromMs: sampleMs, toMs: sampleMs + 300_000 };
const routes = (filter: DecisionFilter, settings: Partial<DecidedRoutesSettings> = {}) =>
  decidedRoutes(sql, filter, window, { limit: 10, tracesEach: 3, budgetMs: 60_000, ...settings });
const brief = async (filter: DecisionFilter) =>
  (await routes(filter)).routes.map(
    ({ policy, source, destination, method, path, verdict, requests }) =>
      `${policy} ${source.service}~${destination.service} ${method} ${path} ${verdict} ${requests}`,
  );

test("by route, whatever the version, only what would have acted while observed", async () => {
  expect(await brief({ namespace: "shop", service: "payments", policy: "deny" })).toEqual([
    "deny cart~payments POST /charges/{id} deny 6",
  ]);
  expect(await brief({})).toEqual([
    "deny cart~payments POST /charges/{id} deny 6",
    "limit cart~payments POST /charges/{id} limit 2",
    "deny payments~cart POST /cart deny 1",
  ]);
  expect(await brief({ namespace: "lab" })).toEqual([]);
});

test("with traces of which spans were kept", async () => {
  const [most] = (await routes({ policy: "deny" })).routes;
  expect(most).toMatchObject({ revision: 2, traceIds: [sampleTraceId(2)] });
});

test("tells how many there are beyond the limit, and from when on it read", async () => {
  expect(await routes({}, { limit: 1 })).toMatchObject({
    count: 3,
    fromMs: sampleMs,
    routes: [{ requests: 6 }],
  });
  const hurried = await routes({}, { budgetMs: 0 });
  expect(hurried).toMatchObject({ routes: [], fromMs: window.toMs });
});
