import { bucketIndex } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import type { EdgePoint } from "../records.ts";
import { paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "../sample-records.ts";
import { topology } from "../topology.ts";
import { foldEdgeDeltas } from "./fold-edge-deltas.ts";
import { type Random, seededRandom } from "./testing/random-edges.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const uniform = (random: Random) => (random(2 ** 30) + 1) / 2 ** 30;
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));

/** Seconds a request takes. */
const distributions: Record<string, (random: Random) => number> = {
  lognormal: (random) => 0.02 * Math.exp(0.8 * normal(random)),
  bimodal: (random) =>
    random(10) < 7 ? 0.004 * Math.exp(0.2 * normal(random)) : 0.9 + 0.1 * uniform(random),
  pareto: (random) => 0.001 / uniform(random) ** (1 / 1.3),
  constant: () => 0.25,
};

const [slots, requestsPerSlot] = [200, 150];

/** The exact quantile: the smallest value that so many of all are not above. */
function exactQuantile(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

function pointsOf(service: string, values: Float64Array): EdgePoint[] {
  return Array.from({ length: slots }, (_, slot) => {
    const counts = new Map<number, number>();
    for (const value of values.subarray(slot * requestsPerSlot, (slot + 1) * requestsPerSlot))
      counts.set(bucketIndex(value), (counts.get(bucketIndex(value)) ?? 0) + 1);
    const buckets = [...counts].sort(([a], [b]) => a - b);
    return sampleEdge({
      timeMs: sampleMs + (slot + 1) * 10_000,
      destination: { ...paymentsEnd, service, version: `v${slot % 3}` },
      requests: requestsPerSlot,
      histogram: { indexes: buckets.map(([index]) => index), counts: buckets.map(([, count]) => count) },
    });
  });
}

test.each(Object.entries(distributions))(
  "quantiles of a %s distribution are within 2.2 % of the exact ones, and counts exact, in every level",
  async (service, draw) => {
    const random = seededRandom(1);
    const values = Float64Array.from({ length: slots * requestsPerSlot }, () => draw(random));
    const points = pointsOf(service, values);
    await commitTelemetry(
      sql,
      { requests: [sampleRequest({ edgePoints: points })] },
      createTelemetryCaches(),
    );
    values.sort();
    const exact = [0.5, 0.95, 0.99].map((q) => exactQuantile(values, q));
    for (const days of [0, 2]) {
      await foldEdgeDeltas(sql, { nowMs: sampleMs + days * 86_400_000, mostSlots: 200 });
      const { edges } = await topology(sql, { fromMs: sampleMs - 36_000_000, toMs: sampleMs + 50_400_000 });
      const edge = edges.find(({ destination }) => destination.service === service);
      expect(edge?.requests).toBe(values.length);
      [edge?.p50, edge?.p95, edge?.p99].forEach((told = 0, i) => {
        expect(Math.abs(told / (exact[i] ?? 0) - 1)).toBeLessThanOrEqual(0.022);
      });
    }
    const [levels] = await sql`SELECT count(*)::int AS days FROM edge_1d`;
    expect(levels?.days).toBeGreaterThan(0);
  },
);
