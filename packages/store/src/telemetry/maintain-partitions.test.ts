import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import {
  sampleDecision,
  sampleEdge,
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
} from "./sample-records.ts";

const hourMs = 3_600_000;
const hour = sampleMs / hourMs;
const tables = 8;

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 6 });
});
afterEach(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const maintain = (nowMs: number) => maintainPartitions(sql, { nowMs, aheadHours: 2, retentionHours: 24 });
/** Where the spans are: `default`, or the partition's hour counted from the sample's. */
async function placesOfSpans(): Promise<(string | number)[]> {
  const rows = await sql<
    { place: string }[]
  >`SELECT tableoid::regclass::text AS place FROM span ORDER BY start_ns`;
  return rows.map(({ place }) =>
    place === "span_default" ? "default" : Number(place.split("_h")[1]) - hour,
  );
}
const commitAt = (...offsetsMs: number[]) =>
  commitTelemetry(
    sql,
    {
      requests: [
        sampleRequest({
          spans: offsetsMs.map((ms) => sampleSpan({ startNs: sampleNs + BigInt(ms) * 1_000_000n })),
          edgePoints: offsetsMs.map((ms) => sampleEdge({ timeMs: sampleMs + ms + 1 })),
          decisionPoints: offsetsMs.map((ms) => sampleDecision({ timeMs: sampleMs + ms + 1 })),
        }),
      ],
    },
    createTelemetryCaches(),
  );

test("this hour and those ahead are made, once", async () => {
  const { created, dropped } = await maintain(sampleMs);
  expect(created).toHaveLength(3 * tables);
  expect(created).toContain(`span_h${hour}`);
  expect(dropped).toEqual([]);
  expect(await maintain(sampleMs + hourMs - 1)).toEqual({ created: [], dropped: [] });
  expect((await maintain(sampleMs + hourMs)).created).toHaveLength(tables);
});

test("rows of hours without a partition wait among the outliers and move when theirs is made", async () => {
  await commitAt(0, hourMs, -5 * hourMs);
  expect(await placesOfSpans()).toEqual(["default", "default", "default"]);
  await maintain(sampleMs);
  expect(await placesOfSpans()).toEqual([-5, 0, 1]);
  await commitAt(hourMs - 1, hourMs);
  expect(await placesOfSpans()).toEqual([-5, 0, 0, 1, 1]);
  const [sum] = await sql`SELECT sum(requests)::int AS requests FROM edge_10s`;
  expect(sum).toEqual({ requests: 15 });
});

test("clocks that are off lose nothing: their rows stay, found by any query", async () => {
  await maintain(sampleMs);
  const century = 100 * 365 * 24 * hourMs;
  await commitAt(-sampleMs, century);
  await maintain(sampleMs);
  expect(await placesOfSpans()).toEqual(["default", "default"]);
});

test("hours past retention are dropped whole, later ones stay", async () => {
  await maintain(sampleMs);
  await commitAt(0, hourMs);
  const { dropped } = await maintain(sampleMs + 25 * hourMs);
  expect(dropped).toHaveLength(tables);
  expect(dropped).toContain(`edge_10s_h${hour}`);
  expect(await placesOfSpans()).toEqual([1]);
});

test("digests are forgotten with the retention", async () => {
  await commitAt(0);
  await maintain(Date.now());
  expect(await sql`SELECT 1 FROM ingest_request`).toHaveLength(1);
  await maintain(Date.now() + 25 * hourMs);
  expect(await sql`SELECT 1 FROM ingest_request`).toHaveLength(0);
});

test("several collectors may do it at once, beside writers", async () => {
  const writing = Array.from({ length: 10 }, (_, i) => commitAt(i, hourMs + i));
  const results = await Promise.all([maintain(sampleMs), maintain(sampleMs), maintain(sampleMs)]);
  await Promise.all(writing);
  const last = await maintain(sampleMs);
  const created = [...results, last].flatMap((result) => result.created);
  expect(new Set(created).size).toBe(created.length);
  expect(created).toHaveLength(3 * tables);
  const places = await placesOfSpans();
  expect(places).toEqual([...Array.from({ length: 10 }, () => 0), ...Array.from({ length: 10 }, () => 1)]);
});
