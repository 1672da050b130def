import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { foldEdgeDeltas } from "./edges/fold-edge-deltas.ts";
import { exemplarsOfCell } from "./exemplars-of-cell.ts";
import { edgeHeatmap, nodeHeatmap } from "./heatmap.ts";
import {
  cartEnd,
  paymentsEnd,
  sampleEdge,
  sampleMs,
  sampleRequest,
  sampleTraceId,
} from "./sample-records.ts";

const cart = { namespace: "shop", service: "cart" };
const payments = { namespace: "shop", service: "payments" };
const edge = { source: cart, destination: payments };
const web = { ...cartEnd, service: "web" };
const endOf = (slot: number) => sampleMs + (slot + 1) * 10_000;
const minutes = (n: number) => ({ fromMs: sampleMs, toMs: sampleMs + n * 60_000 });
const traces = (...ids: [bucketIndex: number, trace: number][]) =>
  ids.map(([bucketIndex, trace]) => ({ bucketIndex, traceId: sampleTraceId(trace) }));

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const caches = createTelemetryCaches();
  const v2 = { ...paymentsEnd, version: "v2" };
  const edgePoints = [
    sampleEdge({
      timeMs: endOf(0),
      histogram: { indexes: [-64, -48], counts: [5, 2] },
      exemplars: traces([-64, 1]),
    }),
    sampleEdge({
      timeMs: endOf(0) - 1,
      statusClass: 5,
      histogram: { indexes: [-64], counts: [4] },
      exemplars: traces([-64, 2]),
    }),
    sampleEdge({
      timeMs: endOf(0) - 2,
      source: web,
      histogram: { indexes: [-64], counts: [9] },
      exemplars: traces([-64, 3]),
    }),
    sampleEdge({
      timeMs: endOf(1),
      destination: v2,
      histogram: { indexes: [-47], counts: [1] },
      exemplars: traces([-47, 4]),
    }),
    // The destination's report of the same requests.
    sampleEdge({ timeMs: endOf(1), reporter: "destination", exemplars: traces([-64, 5]) }),
    // Much later, and sent by another trace again.
    ...[-60, -59, -58, -57].map((bucket, i) =>
      sampleEdge({
        timeMs: endOf(30 + i),
        histogram: { indexes: [bucket], counts: [1] },
        exemplars: traces([bucket, bucket === -57 ? 1 : 100 + bucket]),
      }),
    ),
  ];
  for (const point of edgePoints)
    await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints: [point] })] }, caches);
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** Cells as `[column, bucket, count]`. */
const cellsOf = ({ columns }: Awaited<ReturnType<typeof edgeHeatmap>>) =>
  columns.flatMap(({ cells }, column) => cells.indexes.map((bucket, i) => [column, bucket, cells.counts[i]]));

const all = { lowestBucket: -512, highestBucket: 511 };
const exemplars = async (window: { fromMs: number; toMs: number }, buckets = all, limit = 50) =>
  (await exemplarsOfCell(sql, { edge }, { window, ...buckets }, limit)).map(
    ({ traceId, bucket, statusClass }) => [Number.parseInt(traceId, 16), bucket, statusClass],
  );

// The same questions of what waits, of slots of ten seconds, and of all levels.
describe.each([
  ["not folded", async () => {}],
  ["folded", () => foldEdgeDeltas(sql, { nowMs: sampleMs })],
  ["old", () => foldEdgeDeltas(sql, { nowMs: sampleMs + 30 * 86_400_000, mostSlots: 100 })],
])("%s", (_, prepare) => {
  beforeAll(async () => {
    await prepare();
  });

  test("each cell counts the requests of an edge by when they came and how long they took", async () => {
    const heatmap = await edgeHeatmap(sql, edge, minutes(1), 6);
    expect(heatmap.stepMs).toBe(10_000);
    expect(heatmap.columns.map(({ atMs }) => atMs - sampleMs)).toEqual([
      0, 10_000, 20_000, 30_000, 40_000, 50_000,
    ]);
    expect(cellsOf(heatmap)).toEqual([
      [0, -64, 9],
      [0, -48, 2],
      [1, -47, 1],
    ]);
  });

  test("wide columns count the same", async () => {
    expect(cellsOf(await edgeHeatmap(sql, edge, minutes(10), 2))).toEqual([
      [0, -64, 9],
      [0, -48, 2],
      [0, -47, 1],
      [1, -60, 1],
      [1, -59, 1],
      [1, -58, 1],
      [1, -57, 1],
    ]);
  });

  test("of a service: whoever sent them", async () => {
    expect(cellsOf(await nodeHeatmap(sql, payments, minutes(1), 1))).toEqual([
      [0, -64, 18],
      [0, -48, 2],
      [0, -47, 1],
    ]);
    expect(cellsOf(await nodeHeatmap(sql, cart, minutes(1), 1))).toEqual([]);
  });

  test("a cell's traces: newest first, of this edge and these buckets only", async () => {
    const firstSlot = { fromMs: sampleMs, toMs: sampleMs + 10_000 };
    expect(await exemplars(firstSlot)).toEqual([
      [1, -64, 2],
      [2, -64, 5],
    ]);
    expect(await exemplars(firstSlot, all, 1)).toEqual([[1, -64, 2]]);
    expect(await exemplars(minutes(1), { lowestBucket: -50, highestBucket: -40 })).toEqual([[4, -47, 2]]);
    expect(await exemplars(minutes(1), { lowestBucket: 0, highestBucket: 9 })).toEqual([]);
  });

  test("a trace that is met twice is told once, as it was last", async () => {
    const found = await exemplars(minutes(10));
    expect(found.filter(([trace]) => trace === 1)).toEqual([[1, -57, 2]]);
    expect(found).toHaveLength(6);
  });

  test("a cell of a service tells who called, and which version", async () => {
    const window = { fromMs: sampleMs, toMs: sampleMs + 20_000 };
    const found = await exemplarsOfCell(sql, { destination: payments }, { window, ...all }, 50);
    expect(
      found.map(({ source, destination, atMs }) => [source.service, destination.version, atMs - sampleMs]),
    ).toEqual([
      ["cart", "v2", 20_000],
      ["cart", "v1", 10_000],
      ["cart", "v1", 9_999],
      ["web", "v1", 9_998],
    ]);
  });
});

test("long slots remember one of several neighbouring buckets, the newest", async () => {
  // Ten seconds and minutes are dropped.
  await sql`UPDATE rollup SET kept_from_ms = ${sampleMs + 86_400_000} WHERE name IN ('edge_10s', 'edge_1m')`;
  const found = await exemplars({ fromMs: sampleMs, toMs: sampleMs + 600_000 });
  expect(found.map(([, bucket]) => bucket)).toEqual([-57, -59, -47, -64]);
});
