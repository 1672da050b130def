import type { EdgePoint } from "../../records.ts";
import { sampleEdge, sampleMs } from "../../sample-records.ts";
import { slotMs } from "../../time.ts";

/** A repeatable number from 0 to below a limit. */
export type Random = (below: number) => number;

/** Mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const service = (name: string, version = "v1") => ({ namespace: "shop", service: name, version });

/** Points as several collectors send them: mostly new, some late by minutes or days, of few edges and slots. */
export function randomPoints(random: Random, count: number): EdgePoint[] {
  return Array.from({ length: count }, () => (random(4) === 0 ? spanPoint(random) : metricPoint(random)));
}

/** What takes spans' points back again. */
export function takenBack(point: EdgePoint): EdgePoint {
  const { indexes, counts } = point.histogram;
  return {
    ...point,
    requests: -point.requests,
    durationSumSeconds: -point.durationSumSeconds,
    histogram: { indexes, counts: counts.map((count) => -count) },
  };
}

function metricPoint(random: Random): EdgePoint {
  return sampleEdge({
    timeMs: randomTime(random),
    reporter: random(5) === 0 ? "destination" : "source",
    source: service(`caller-${random(3)}`),
    destination: service(`service-${random(4)}`, `v${random(2)}`),
    statusClass: random(6) === 0 ? 5 : 2,
    requests: random(50),
    requestBytes: random(5_000),
    responseBytes: random(500_000),
    durationSumSeconds: random(1_000) / 1_000,
    histogram: randomHistogram(random),
  });
}

function spanPoint(random: Random): EdgePoint {
  return sampleEdge({
    timeMs: randomTime(random),
    reporter: random(2) === 0 ? "span.client" : "span.server",
    source: service(`caller-${random(3)}`),
    destination: service(`traced-${random(3)}`),
    statusClass: random(6) === 0 ? 5 : 2,
    flag: "sampled",
    requests: 1 + random(5),
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 0.01 },
    histogram: randomHistogram(random),
  });
}

/** Ends of intervals in the three days up to two hours after the sample's time; the older, the fewer slots. */
function randomTime(random: Random): number {
  const slotsBack = [random(30), random(30), 12 * random(30), 1_296 * random(20)][random(4)] ?? 0;
  return sampleMs + 720 * slotMs - slotsBack * slotMs - random(slotMs);
}

function randomHistogram(random: Random): EdgePoint["histogram"] {
  const indexes = [...new Set(Array.from({ length: random(5) }, () => random(60) - 120))].sort(
    (a, b) => a - b,
  );
  return { indexes, counts: indexes.map(() => 1 + random(200)) };
}
