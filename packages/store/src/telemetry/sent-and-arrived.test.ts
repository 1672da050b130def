import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cartEnd, paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { sentAndArrived } from "./sent-and-arrived.ts";

const window = { fromMs: sampleMs, toMs: sampleMs + 600_000 };
const payments = { namespace: "shop", service: "payments" };
const of = (requests: number, change: Parameters<typeof sampleEdge>[0] = {}) =>
  sampleEdge({ requests, histogram: { indexes: [-107], counts: [requests] }, ...change });

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const alone = { namespace: "shop", service: "alone", version: "v1" };
  const edgePoints = [
    of(100),
    of(10, { destination: { ...paymentsEnd, version: "v2" }, statusClass: 5 }),
    of(140, { reporter: "destination" }),
    of(7, { reporter: "destination", source: outsideMesh }),
    of(3, { source: alone }),
    of(50, { source: paymentsEnd }),
    of(40, { source: paymentsEnd, reporter: "destination" }),
    of(1_000, { destination: cartEnd }),
    of(1_000, { timeMs: sampleMs + 900_000 }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("both sides of each caller's requests, its own calls among them, and neither where nobody counts", async () => {
  const rows = await sentAndArrived(sql, payments, window);
  const shown = rows.map(({ source, sent, arrived }) => [source.service, sent?.requests, arrived?.requests]);
  expect(shown.sort()).toEqual([
    ["alone", 3, undefined],
    ["cart", 110, 140],
    ["outside", undefined, 7],
    ["payments", 50, 40],
  ]);
  expect(rows.find(({ source }) => source.service === "cart")?.sent?.errors).toBe(10);
});
