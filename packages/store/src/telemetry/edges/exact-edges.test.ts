import { mergeHistograms, type Window } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import type { EdgeName } from "../answers.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import { edgeHeatmap } from "../heatmap.ts";
import { maintainPartitions } from "../maintain-partitions.ts";
import type { EdgePoint } from "../records.ts";
import { sampleMs, sampleRequest } from "../sample-records.ts";
import { topology } from "../topology.ts";
import { foldEdgeDeltas } from "./fold-edge-deltas.ts";
import { naiveEdges } from "./testing/naive-edges.ts";
import { type Random, randomPoints, seededRandom, takenBack } from "./testing/random-edges.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 12 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const [minuteMs, hourMs] = [60_000, 3_600_000];
const rounds = 5;

/** All that was committed so far. */
const written: EdgePoint[] = [];
/** Requests that sources reported: in commits that have begun, and in those that have ended. */
const reported = { begun: 0, ended: 0 };

/** A collector: some batches, of which it takes back part of what spans had told. */
async function collect(random: Random): Promise<void> {
  const caches = createTelemetryCaches();
  for (let batch = 0; batch < 4; batch++) {
    const points = randomPoints(random, 60);
    const back = points.filter(({ reporter }) => reporter.startsWith("span") && random(3) === 0);
    for (const edgePoints of [points, back.map(takenBack)]) {
      const requests = edgePoints.reduce(
        (sum, own) => sum + (own.reporter === "source" ? own.requests : 0),
        0,
      );
      reported.begun += requests;
      await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, caches);
      reported.ended += requests;
      written.push(...edgePoints);
    }
  }
}

/** Asks again and again for all there is: never less than was committed before, nor more than was begun. */
async function watch(until: Promise<unknown>): Promise<void> {
  let working = true;
  const done = until.finally(() => {
    working = false;
  });
  while (working) {
    const least = reported.ended;
    const { edges } = await topology(sql, { fromMs: 0, toMs: sampleMs + 24 * hourMs });
    const most = reported.begun;
    const requests = edges.reduce((sum, edge) => sum + (edge.evidence === "metrics" ? edge.requests : 0), 0);
    expect(requests).toBeGreaterThanOrEqual(least);
    expect(requests).toBeLessThanOrEqual(most);
  }
  await done;
}

async function foldAll(nowMs: number): Promise<void> {
  while ((await foldEdgeDeltas(sql, { nowMs, mostBytes: 4_000, mostSlots: 500 })).more);
}

function randomWindow(random: Random): Window {
  const lengthMs = [20_000, 15 * minuteMs, 3 * hourMs, 70 * hourMs][random(4)] ?? 0;
  const toMs = sampleMs + 2 * hourMs - random(lengthMs / 2);
  return { fromMs: toMs - random(lengthMs) - 1, toMs };
}

test("whatever comes when, is folded by whom, and is asked when: counted exactly", async () => {
  const random = seededRandom(7);
  for (let round = 0; round < rounds; round++) {
    // Time goes on, from before everything to after it; so points are early, in time, late, and very late.
    const nowMs = sampleMs - 72 * hourMs + (round * 76 * hourMs) / (rounds - 1);
    await watch(
      Promise.all([
        ...[collect(random), collect(random), collect(random)],
        ...[foldAll(nowMs), foldAll(nowMs - 5 * minuteMs)],
        round % 2 === 1 && maintainPartitions(sql, { nowMs, aheadHours: 1 }),
      ]),
    );
    for (let i = 0; i < 12; i++) {
      const window = randomWindow(random);
      const { edges } = await topology(sql, window);
      const told = edges.map(({ source, destination, ...edge }) => ({
        ...edge,
        name: `${source.service}>${destination.service}`,
      }));
      const expected = naiveEdges(written, window);
      expect(told.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
      expected.forEach(({ histogram: _, ...edge }, at) => {
        expect(told[at]).toMatchObject(edge);
      });
      const [one] = edges;
      if (one) await checkHeatmap(window, one);
    }
  }
  const [left] = await sql`SELECT count(*)::int AS packs FROM edge_1d`;
  expect(left?.packs).toBeGreaterThan(0); // or the windows would not have been read from all levels
}, 60_000);

/** A heatmap's columns begin where their length counted from 1970 does: maybe before the window. */
async function checkHeatmap(window: Window, edge: EdgeName): Promise<void> {
  const { columns } = await edgeHeatmap(sql, edge, window, 40);
  const fromMs = columns[0]?.atMs ?? window.fromMs;
  const name = `${edge.source.service}>${edge.destination.service}`;
  const expected = naiveEdges(written, { ...window, fromMs }).find((own) => own.name === name);
  expect(mergeHistograms(columns.map(({ cells }) => cells))).toEqual(expected?.histogram);
}
