import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { arrivedSignals } from "./arrived-signals.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cartEnd, sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { statusClasses } from "./status-classes.ts";

const payments = { namespace: "shop", service: "payments" };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const early = { timeMs: sampleMs + 5_000 };
  const edgePoints = [
    sampleEdge({ ...early, requests: 10 }),
    sampleEdge({ ...early, requests: 4, statusClass: 4 }),
    sampleEdge({ ...early, requests: 3, statusClass: statusClasses.grpcError }),
    sampleEdge({ ...early, requests: 2, statusClass: 5 }),
    sampleEdge({ ...early, requests: 1, statusClass: 0 }),
    sampleEdge({ ...early, requests: 9, destination: cartEnd }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("answers of class 5, none, and a gRPC status other than OK are failures, slot by slot", async () => {
  const window = { fromMs: sampleMs, toMs: sampleMs + 20_000 };
  const [own, ...others] = await arrivedSignals(sql, [payments, { ...payments, service: "none" }], window);
  expect(own).toMatchObject(payments);
  expect(own?.slots.map(({ atMs, requests, failures }) => [atMs - sampleMs, requests, failures])).toEqual([
    [0, 20, 6],
    [10_000, 0, 0],
  ]);
  expect(others).toEqual([]);
});
