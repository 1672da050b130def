import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTransaction } from "../../connection/in-transaction.ts";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import type { EdgePoint } from "../records.ts";
import { sampleEdge, sampleMs, sampleRequest, sampleTraceId } from "../sample-records.ts";
import { topology } from "../topology.ts";
import { type EdgeLevel, edgeLevels } from "./edge-levels.ts";
import { foldEdgeDeltas } from "./fold-edge-deltas.ts";
import { foldedEdges, waitingEdges } from "./testing/stored-edges.ts";

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

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
const at = (ms: number, change: Partial<EdgePoint> = {}) =>
  sampleEdge({ timeMs: sampleMs + ms + 10_000, ...change });
const commit = (...edgePoints: EdgePoint[]) =>
  commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
const fold = (ms: number, settings = {}) => foldEdgeDeltas(sql, { nowMs: sampleMs + ms, ...settings });

/** Slots of a level, from the sample's time on, and the requests of each. */
async function slotsOf(table: EdgeLevel["table"]): Promise<[number, number][]> {
  return (await foldedEdges(sql, table)).map(({ slotMs, requests }) => [slotMs - sampleMs, requests]);
}

test("deltas enter slots of ten seconds, and are gone", async () => {
  await commit(at(0));
  await commit(at(0), at(10_000));
  expect(await fold(15_000)).toMatchObject({ deltas: 2, slots: 0, more: false });
  expect(await waitingEdges(sql)).toEqual([]);
  expect(await slotsOf("edge_10s")).toEqual([
    [0, 6],
    [10_000, 3],
  ]);
  expect(await fold(15_000)).toEqual({ deltas: 0, bytes: 0, slots: 0, more: false });
});

test("a coarser slot is made once it is over, and half a minute has passed", async () => {
  await commit(at(0), at(50_000), at(60_000));
  await fold(minuteMs + 29_999);
  expect(await slotsOf("edge_1m")).toEqual([]);
  expect(await fold(minuteMs + 30_000)).toMatchObject({ slots: 1 });
  expect(await slotsOf("edge_1m")).toEqual([[0, 6]]);
  expect(await slotsOf("edge_10m")).toEqual([]);
});

test("every level is made of the one before it", async () => {
  await commit(
    ...[0, 50_000, 70_000, 11 * minuteMs, 2 * hourMs, 7 * hourMs, 23 * hourMs].map((ms) => at(ms)),
  );
  await fold(3 * dayMs, { mostSlots: 100 });
  expect(await slotsOf("edge_1m")).toHaveLength(6);
  expect(await slotsOf("edge_5m")).toHaveLength(5);
  expect(await slotsOf("edge_10m")).toEqual([
    [0, 9],
    [10 * minuteMs, 3],
    [2 * hourMs, 3],
    [7 * hourMs, 3],
    [23 * hourMs, 3],
  ]);
  expect(await slotsOf("edge_1h")).toEqual([
    [0, 12],
    [2 * hourMs, 3],
    [7 * hourMs, 3],
    [23 * hourMs, 3],
  ]);
  // The sample's time is ten o'clock.
  expect(await slotsOf("edge_6h")).toEqual([
    [-4 * hourMs, 12],
    [2 * hourMs, 6],
    [20 * hourMs, 3],
  ]);
  expect(await slotsOf("edge_1d")).toEqual([
    [-10 * hourMs, 18],
    [14 * hourMs, 3],
  ]);
});

test("what comes late corrects every slot that is made already", async () => {
  await commit(at(0), at(5 * hourMs));
  await fold(2 * hourMs + minuteMs, { mostSlots: 100 });
  expect(await slotsOf("edge_1h")).toEqual([[0, 3]]);
  await commit(at(0), at(20_000, { method: "PUT" }), at(hourMs));
  await fold(2 * hourMs + minuteMs, { mostSlots: 100 });
  expect(await slotsOf("edge_10s")).toContainEqual([0, 6]);
  for (const table of ["edge_1m", "edge_10m", "edge_1h"] as const)
    expect(await slotsOf(table)).toEqual([
      [0, 6],
      [0, 3], // another series
      [hourMs, 3],
    ]);
  expect(await slotsOf("edge_1d")).toEqual([]);
});

test("clocks that are off lose nothing, and break nothing", async () => {
  await commit(at(-sampleMs - 1), at(1e13), at(Number.MAX_VALUE), sampleEdge({ timeMs: Number.NaN }));
  await fold(minuteMs, { mostSlots: 100 });
  // Those of 1970 are in all levels; those of the far future wait for their time.
  expect(await slotsOf("edge_1d")).toEqual([[-sampleMs, 6]]);
  expect(await slotsOf("edge_10s")).toEqual([
    [-sampleMs, 6],
    [1e13, 3],
    [8.64e15 - 10_000 - sampleMs, 3],
  ]);
  const { edges } = await topology(sql, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
  expect(edges.map(({ requests }) => requests)).toEqual([12]);
});

test("one call takes so many bytes, and one delta at least", async () => {
  for (let i = 0; i < 3; i++) await commit(at(i * 10_000));
  expect(await fold(0, { mostBytes: 1 })).toMatchObject({ deltas: 1, more: true });
  expect(await fold(0)).toMatchObject({ deltas: 2, more: false });
  expect(await slotsOf("edge_10s")).toHaveLength(3);
});

test("one call makes so many slots", async () => {
  await commit(...Array.from({ length: 5 }, (_, minute) => at(minute * minuteMs)));
  expect(await fold(6 * minuteMs, { mostSlots: 3 })).toMatchObject({ slots: 3, more: true });
  expect(await fold(6 * minuteMs, { mostSlots: 9 })).toMatchObject({ slots: 3, more: false });
  expect(await slotsOf("edge_1m")).toHaveLength(5);
  expect(await slotsOf("edge_5m")).toHaveLength(1);
});

test("one delta after the other, or all at once, make the same rows", async () => {
  const points = Array.from({ length: 30 }, (_, i) =>
    at((i % 3) * 10_000, {
      destination: { namespace: "shop", service: `s${i % 7}`, version: "v1" },
      exemplars: [{ bucketIndex: i % 5, traceId: sampleTraceId(i) }],
    }),
  );
  const rows = () => sql`SELECT slot_ms, chunk, payload, exemplars FROM edge_10s ORDER BY 1, 2`;
  for (const point of points) {
    await commit(point);
    await fold(0);
  }
  const oneByOne = await rows();
  await sql`TRUNCATE edge_10s`;
  await commit(...points);
  await fold(0);
  expect(await rows()).toEqual(oneByOne);
});

test("edges that are taken back leave nothing in any level", async () => {
  const given = at(0, { reporter: "span.client", requests: 1, requestBytes: 0, responseBytes: 0 });
  const { indexes, counts } = given.histogram;
  await commit(given);
  await fold(hourMs, { mostSlots: 100 });
  await commit({ ...given, requests: -1, histogram: { indexes, counts: counts.map((count) => -count) } });
  await fold(hourMs);
  for (const { table } of edgeLevels) expect(await slotsOf(table)).toEqual([]);
});

/** Holds whoever wants to fold up half-way: deltas are taken, and no pack is written. */
async function whileHeldUp(work: (folder: number) => Promise<void>): Promise<void> {
  let folding: Promise<unknown> | undefined;
  await inTransaction(sql, async (transaction) => {
    await transaction`LOCK TABLE edge_10s_default IN SHARE MODE`;
    folding = fold(0).catch((error: Error) => error);
    await waitFor(async () => (await waitingFolders()).length > 0, { what: "a folder to be held up" });
    const [pid] = await waitingFolders();
    await work(pid ?? 0);
  });
  await folding;
}

async function waitingFolders(): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`
    SELECT pid FROM pg_locks WHERE relation = 'edge_10s_default'::regclass AND NOT granted`;
  return rows.map(({ pid }) => pid);
}

test("a folder that dies half-way has done nothing", async () => {
  await commit(at(0), at(10_000));
  const before = await waitingEdges(sql);
  await whileHeldUp(async (folder) => {
    await sql`SELECT pg_terminate_backend(${folder})`;
    await waitFor(async () => (await waitingFolders()).length === 0, { what: "the folder to be gone" });
  });
  expect(await waitingEdges(sql)).toEqual(before);
  expect(await slotsOf("edge_10s")).toEqual([]);
  expect(await fold(0)).toMatchObject({ deltas: 1 });
  expect(await slotsOf("edge_10s")).toHaveLength(2);
});

test("while one folds the others don't, commits go on, and questions see all that is committed", async () => {
  await commit(at(0));
  const window = { fromMs: sampleMs, toMs: sampleMs + 10_000 };
  const requests = async () => (await topology(sql, window)).edges[0]?.requests;
  await whileHeldUp(async () => {
    expect(await fold(0)).toEqual({ deltas: 0, bytes: 0, slots: 0, more: false });
    expect(await requests()).toBe(3);
    await commit(at(0));
    expect(await requests()).toBe(6);
  });
  expect(await slotsOf("edge_10s")).toEqual([[0, 3]]);
  expect(await requests()).toBe(6);
});
