import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cartEnd, paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { statusClasses } from "./status-classes.ts";
import { versionSlots } from "./version-slots.ts";

const payments = { namespace: "shop", service: "payments" };
const v2 = { ...paymentsEnd, version: "v2" };
const histogram = { indexes: [-80, -64], counts: [7, 3] };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const edgePoints = [
    sampleEdge({ timeMs: sampleMs + 5_000, requests: 10, histogram }),
    sampleEdge({ timeMs: sampleMs + 5_000, source: v2, requests: 1 }),
    sampleEdge({ timeMs: sampleMs + 5_000, statusClass: 5, requests: 2 }),
    sampleEdge({ timeMs: sampleMs + 25_000, destination: v2, requests: 4 }),
    sampleEdge({
      ...{ timeMs: sampleMs + 25_000, destination: v2, requests: 2 },
      statusClass: statusClasses.grpcError,
    }),
    sampleEdge({ timeMs: sampleMs + 25_000, destination: cartEnd, requests: 9 }),
    sampleEdge({ timeMs: sampleMs + 310_000, destination: cartEnd, requests: 9 }),
    sampleEdge({ timeMs: sampleMs + 605_000, requests: 5 }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("each version's requests, failures and durations stand in their slot, whoever sent them", async () => {
  const window = { fromMs: sampleMs, toMs: sampleMs + 60_000 };
  const { slotMs, fromMs, toMs, slots } = await versionSlots(sql, payments, window);
  expect({ slotMs, fromMs, toMs }).toEqual({ slotMs: 10_000, ...window });
  expect(
    slots.map(({ version, fromMs: at, requests, failures }) => [at - sampleMs, version, requests, failures]),
  ).toEqual([
    [0, "v1", 13, 2],
    [20_000, "v2", 6, 2],
  ]);
  expect(slots[0]?.durations.indexes).toEqual(expect.arrayContaining(histogram.indexes));
});

test("of what was not heard yet there are no slots, and the last one is whole", async () => {
  const late = { fromMs: sampleMs + 300_000, toMs: sampleMs + 615_000 };
  const { fromMs, toMs, slots } = await versionSlots(sql, payments, late);
  expect([fromMs, toMs]).toEqual([late.fromMs, sampleMs + 610_000]);
  expect(slots.map(({ requests }) => requests)).toEqual([5]);
});

test("a service that nobody asked has no slots", async () => {
  const { slots } = await versionSlots(sql, { ...payments, service: "none" }, { fromMs: 0, toMs: sampleMs });
  expect(slots).toEqual([]);
});
