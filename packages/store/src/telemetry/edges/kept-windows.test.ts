import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import { maintainPartitions } from "../maintain-partitions.ts";
import { defaultRetention } from "../retention.ts";
import { sampleEdge, sampleMs, sampleRequest } from "../sample-records.ts";
import { edgeSeries } from "../series.ts";
import { topology } from "../topology.ts";
import { foldEdgeDeltas } from "./fold-edge-deltas.ts";
import { foldedEdges } from "./testing/stored-edges.ts";

const [minuteMs, hourMs] = [60_000, 3_600_000];
/** Midnight. */
const startMs = sampleMs - 10 * hourMs;
const hours = 26;

let database: TestDatabase;
let sql: Sql;
// A request in each tenth minute, ten seconds before five past; then tens of seconds are kept for the last six hours.
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const nowMs = startMs + hours * hourMs;
  for (let ms = startMs; ms < nowMs; ms += 6 * hourMs)
    await maintainPartitions(sql, { nowMs: ms, aheadHours: 6 });
  const edgePoints = Array.from({ length: hours * 6 }, (_, i) =>
    sampleEdge({ timeMs: startMs + i * 10 * minuteMs + 5 * minuteMs, requests: 1 }),
  );
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
  while ((await foldEdgeDeltas(sql, { nowMs, mostSlots: 2_000 })).more);
  await maintainPartitions(sql, { nowMs, aheadHours: 1, retention: { ...defaultRetention, edges10s: 6 } });
}, 60_000);
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

test("what is past its retention is gone, and the rest is there", async () => {
  expect((await foldedEdges(sql, "edge_10s"))[0]?.slotMs).toBe(startMs + 20 * hourMs + 290_000);
  expect((await foldedEdges(sql, "edge_1m"))[0]?.slotMs).toBe(startMs + 4 * minuteMs);
});

// Minutes after midnight.
test.each`
  from             | to               | requests  | seconds   | why
  ${0}             | ${26 * 60}       | ${26 * 6} | ${93_360} | ${"all of it, from the first request on"}
  ${23 * 60 + 4.8} | ${23 * 60 + 4.9} | ${1}      | ${10}     | ${"tens of seconds are told apart"}
  ${23 * 60 + 4.2} | ${23 * 60 + 4.3} | ${0}      | ${8}      | ${"where they are kept"}
  ${2 * 60 + 4.2}  | ${2 * 60 + 4.3}  | ${1}      | ${60}     | ${"a minute counts as soon as it is partly in the window"}
  ${2 * 60 + 4.2}  | ${2 * 60 + 6.1}  | ${1}      | ${180}    | ${"at the end, too"}
  ${2 * 60 + 4.2}  | ${23 * 60 + 4.2} | ${21 * 6} | ${75_612} | ${"minutes at one end, tens of seconds at the other"}
`("from $from to $to: $why", async ({ from, to, requests, seconds }) => {
  const window = { fromMs: startMs + Math.round(from * minuteMs), toMs: startMs + Math.round(to * minuteMs) };
  const { edges, coveredSeconds } = await topology(sql, window);
  expect(edges.reduce((sum, edge) => sum + edge.requests, 0)).toBe(requests);
  expect(coveredSeconds).toBeCloseTo(seconds, 5);
});

test("a chart of what is kept in long slots puts each where it begins", async () => {
  const edge = {
    source: { namespace: "shop", service: "cart" },
    destination: { namespace: "shop", service: "payments" },
  };
  const window = { fromMs: startMs + hourMs, toMs: startMs + hourMs + 20 * minuteMs };
  const points = await edgeSeries(sql, edge, window, 60);
  expect(
    points.flatMap(({ requests, atMs }) => (requests > 0 ? [[(atMs - window.fromMs) / 1000, requests]] : [])),
  ).toEqual([
    [240, 1],
    [840, 1],
  ]);
});
