import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { foldEdgeDeltas } from "./edges/fold-edge-deltas.ts";
import { requestsByCaller } from "./requests-by-caller.ts";
import { sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { hourMs, slotMs } from "./time.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const edgePoints = [sampleMs + slotMs, sampleMs + hourMs].map((timeMs) => sampleEdge({ timeMs }));
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
  while ((await foldEdgeDeltas(sql, { nowMs: sampleMs + 48 * hourMs, mostSlots: 500 })).more);
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const asked = async (window: { fromMs: number; toMs: number }, stepMs: number, count: number) => {
  const found = await requestsByCaller(sql, [{ namespace: "shop", service: "payments" }], {
    ...{ window, stepMs, count },
  });
  return found.map(({ source, requests }) => [source.service, requests]);
};

test("one sum of a time whose length is of no long slots is made of long slots all the same", async () => {
  const window = { fromMs: sampleMs, toMs: sampleMs + hourMs + slotMs };
  expect(await asked(window, hourMs + slotMs, 1)).toEqual([["cart", [6]]]);
  const bySlot = Array.from({ length: 361 }, (_, slot) => (slot === 0 || slot === 359 ? 3 : 0));
  expect(await asked(window, slotMs, 361)).toEqual([["cart", bySlot]]);
  await sql`DELETE FROM edge_10s`;
  expect(await asked(window, hourMs + slotMs, 1)).toEqual([["cart", [6]]]);
  expect(await asked(window, slotMs, 361), "which nothing else tells apart").toEqual([]);
});
