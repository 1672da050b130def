import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { decisionsOverTime } from "./decisions-over-time.ts";
import { cartEnd, paymentsEnd, sampleDecision, sampleMs, sampleRequest } from "./sample-records.ts";

const limit = { namespace: "shop", name: "limit", kind: "rateLimit", revision: 3 };
const other = { ...limit, name: "other" };
/** A border of ten seconds. */
const fromMs = Math.ceil(sampleMs / 10_000) * 10_000;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const at = (seconds: number, given: object) =>
    sampleDecision({ timeMs: fromMs + seconds * 1_000, policy: limit, source: cartEnd, ...given });
  await commitTelemetry(
    sql,
    {
      requests: [
        sampleRequest({
          decisionPoints: [
            at(10, { mode: "observe", evaluated: 10, wouldAct: 2, acted: 0 }),
            at(20, { mode: "observe", evaluated: 10, wouldAct: 1, acted: 0 }),
            at(30, { mode: "enforce", evaluated: 8, wouldAct: 4, acted: 4 }),
            at(30, { mode: "enforce", evaluated: 1, wouldAct: 0, acted: 0, source: paymentsEnd }),
            at(30, { policy: other, evaluated: 99 }),
            at(70, { mode: "enforce", evaluated: 5, wouldAct: 0, acted: 0 }),
          ],
        }),
      ],
    },
    createTelemetryCaches(),
  );
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("slots of an interval are added up, by mode and by who was calling; other policies and times are left out", async () => {
  const { decisions: found } = await decisionsOverTime(sql, [limit], {
    fromMs,
    toMs: fromMs + 60_000,
    stepMs: 20_000,
  });
  const { service: cart } = cartEnd;
  expect(
    found.map(({ step, mode, source, evaluated, wouldAct, acted }) => [
      step,
      mode,
      source.service,
      ...[evaluated, wouldAct, acted],
    ]),
  ).toEqual([
    [0, "observe", cart, 20, 3, 0],
    [1, "enforce", cart, 8, 4, 4],
    [1, "enforce", paymentsEnd.service, 1, 0, 0],
  ]);
});

test("a policy that is named once for each of its callers counts once", async () => {
  const window = { fromMs, toMs: fromMs + 60_000, stepMs: 20_000 };
  expect(await decisionsOverTime(sql, [limit, limit, limit], window)).toEqual(
    await decisionsOverTime(sql, [limit], window),
  );
});

test("without policies there is nothing to count", async () => {
  const window = { fromMs, toMs: fromMs + 60_000, stepMs: 10_000 };
  expect(await decisionsOverTime(sql, [], window)).toEqual({ decisions: [], keptFromMs: 0 });
});
