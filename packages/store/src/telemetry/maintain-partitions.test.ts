import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { foldEdgeDeltas } from "./edges/fold-edge-deltas.ts";
import { foldedEdges } from "./edges/testing/stored-edges.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import { defaultRetention } from "./retention.ts";
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
/** Tables whose partitions are an hour long, and those of coarser sums, whose are longer. */
const [hourly, longer] = [8, 7];

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
  expect(created).toHaveLength(3 * hourly + longer);
  expect(created).toContain(`span_h${hour}`);
  expect(created).toContain(`edge_1m_h${Math.floor(hour / 24) * 24}`);
  expect(dropped).toEqual([]);
  expect(await maintain(sampleMs + hourMs - 1)).toEqual({ created: [], dropped: [] });
  expect((await maintain(sampleMs + hourMs)).created).toHaveLength(hourly);
});

test("rows of hours without a partition wait among the outliers and move when theirs is made", async () => {
  await commitAt(0, hourMs, -5 * hourMs);
  expect(await placesOfSpans()).toEqual(["default", "default", "default"]);
  await maintain(sampleMs);
  expect(await placesOfSpans()).toEqual([-5, 0, 1]);
  await commitAt(hourMs - 1, hourMs);
  expect(await placesOfSpans()).toEqual([-5, 0, 0, 1, 1]);
  const [sum] = await sql`SELECT sum(evaluated)::int AS evaluated FROM decision_10s`;
  expect(sum).toEqual({ evaluated: 50 });
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
  await foldEdgeDeltas(sql, { nowMs: sampleMs + 25 * hourMs });
  const { dropped } = await maintain(sampleMs + 25 * hourMs);
  expect(dropped).toHaveLength(hourly);
  expect(dropped).toContain(`edge_10s_h${hour}`);
  expect(await placesOfSpans()).toEqual([1]);
  expect(await sql`SELECT name FROM rollup WHERE kept_from_ms = ${sampleMs + hourMs} ORDER BY name`).toEqual([
    { name: "decision_10s" },
    { name: "edge_10s" },
  ]);
});

test("each kind is kept as long as it is told to be", async () => {
  await maintain(sampleMs);
  const nowMs = sampleMs + 5 * hourMs;
  const retention = { ...defaultRetention, spans: 1, logs: 3, accessLogs: 9 };
  const { dropped } = await maintainPartitions(sql, { nowMs, aheadHours: 0, retention });
  const hoursOf = (table: string) =>
    dropped.flatMap((name) => (name.startsWith(`${table}_h`) ? [Number(name.split("_h")[1]) - hour] : []));
  expect(hoursOf("span")).toEqual([0, 1, 2]);
  expect(hoursOf("trace")).toEqual([0, 1, 2]);
  expect(hoursOf("log_record")).toEqual([0, 1]);
  expect(hoursOf("access_log")).toEqual([]);
});

test("sums are not dropped before the coarser ones are made of them", async () => {
  await maintain(sampleMs);
  await commitAt(0);
  const late = sampleMs + 30 * hourMs;
  expect((await maintain(late)).dropped).not.toContain(`edge_10s_h${hour}`);
  await foldEdgeDeltas(sql, { nowMs: late });
  expect((await maintain(late)).dropped).toContain(`edge_10s_h${hour}`);
  const [minute] = await foldedEdges(sql, "edge_1m");
  expect(minute).toMatchObject({ slotMs: sampleMs, requests: 3 });
});

test("partitions of coarser sums hold days and more", async () => {
  await commitAt(0, -30 * hourMs, -100 * hourMs);
  await foldEdgeDeltas(sql, { nowMs: sampleMs + hourMs });
  await maintain(sampleMs);
  const places = await sql<{ place: string }[]>`
    SELECT DISTINCT tableoid::regclass::text AS place FROM edge_1m ORDER BY 1`;
  const day = Math.floor(hour / 24) * 24;
  expect(places.map(({ place }) => place)).toEqual(
    [day - 96, day - 24, day].map((first) => `edge_1m_h${first}`),
  );
});

test("digests are forgotten with the retention", async () => {
  await commitAt(0);
  await maintain(Date.now());
  expect(await sql`SELECT 1 FROM ingest_request`).toHaveLength(1);
  await maintain(Date.now() + 25 * hourMs);
  expect(await sql`SELECT 1 FROM ingest_request`).toHaveLength(0);
});

test("outliers are limited, but not what waits for a partition that somebody else is making", async () => {
  const add = (atMs: number) => sql`
    INSERT INTO log_record (time_ns, service_id, resource_id, severity, body, attributes)
    SELECT ${String(BigInt(atMs) * 1_000_000n)}::bigint, 1, 1, 9, '""', '{}' FROM generate_series(1, 100001)`;
  const count = async () => (await sql`SELECT count(*)::int AS n FROM log_record`)[0]?.n;
  await sql.begin(async (other) => {
    await other`SELECT pg_advisory_xact_lock(${0x77656972})`;
    await add(sampleMs);
    await maintain(sampleMs);
    expect(await count()).toBe(100_001);
  });
  await maintain(sampleMs);
  await add(sampleMs + 9000 * hourMs);
  await maintain(sampleMs);
  expect(await count()).toBe(200_001);
});

test("after a long absence no hour is left without a partition", async () => {
  await maintain(sampleMs);
  await maintain(sampleMs + 9 * hourMs);
  const names = await sql<{ name: string }[]>`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'span'::regclass`;
  const hours = names.flatMap(({ name }) => Number(name.split("_h")[1]) - hour || []);
  expect(hours.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("attribute sets are forgotten when no kept span can have them, but not those of outliers", async () => {
  const ids = async () => (await sql`SELECT id FROM telemetry_attribute_set ORDER BY id`).map(({ id }) => id);
  await sql`
    INSERT INTO telemetry_attribute_set (digest, attributes, last_hour)
    SELECT md5(n::text)::uuid, '{}', ${hour} FROM generate_series(1, 2) AS n`;
  await commitAt(-1000 * hourMs);
  await sql`UPDATE span SET attribute_set_id = 2`;
  await maintain(sampleMs + 25 * hourMs);
  expect(await ids()).toEqual([1, 2]);
  await maintain(sampleMs + 26 * hourMs);
  expect(await ids()).toEqual([2]);
});

test("several collectors may do it at once, beside writers", async () => {
  const writing = Array.from({ length: 10 }, (_, i) => commitAt(i, hourMs + i));
  const results = await Promise.all([maintain(sampleMs), maintain(sampleMs), maintain(sampleMs)]);
  await Promise.all(writing);
  const last = await maintain(sampleMs);
  const created = [...results, last].flatMap((result) => result.created);
  expect(new Set(created).size).toBe(created.length);
  expect(created).toHaveLength(3 * hourly + longer);
  const places = await placesOfSpans();
  expect(places).toEqual([...Array.from({ length: 10 }, () => 0), ...Array.from({ length: 10 }, () => 1)]);
});
