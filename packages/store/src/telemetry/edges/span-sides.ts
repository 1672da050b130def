import type { ChunkPacks } from "./chunk-packs.ts";
import type { EdgePair } from "./edge-catalog.ts";
import type { SeriesSums } from "./series-sums.ts";
import { oneStep, sumChunk } from "./sum-chunk.ts";

/** Which side of a pair's edges tells: both may, and then each request is there twice. What servers alone tell of always counts. */
export interface Sides {
  /** Of whose spans requests are counted: the client's, where there is one. */
  readonly counted: "client" | "server";
  /** Whose durations are latencies: the client's, where any was timed. */
  readonly timed: "client" | "server";
}

/**
 * How long an edge to a service without spans is held back: the spans that would tell better are on their way. Longer
 * slots than those of 10 s are never as young (`graceMs`).
 */
export const youngMs = 20_000;

/** Without the young edges that may be taken back still. */
export function withoutYoung(chunk: ChunkPacks, nowMs: number): ChunkPacks {
  const { series, packs } = chunk;
  return {
    ...chunk,
    packs: packs.map((placed) =>
      placed.endMs <= nowMs - youngMs
        ? placed
        : { ...placed, places: placed.places.map((place) => (series[place]?.virtual ? -1 : place)) },
    ),
  };
}

/** Of the pairs that have any requests. */
export function sidesOf(chunk: ChunkPacks): Map<EdgePair, Sides> {
  const places = Int32Array.from(chunk.series.keys());
  const { sums } = sumChunk(chunk, { count: places.length, counted: places, timed: places }, oneStep);
  const sides = new Map<EdgePair, Sides>();
  for (const [pair, own] of Map.groupBy(places, (place) => chunk.series[place]?.target.pair)) {
    const client = own.filter((place) => chunk.series[place]?.side === "client");
    const server = own.filter((place) => chunk.series[place]?.side === "server");
    const counted = requestsOf(sums, client) > 0 ? "client" : "server";
    if (!pair || (counted === "server" && requestsOf(sums, server) <= 0)) continue;
    sides.set(pair, { counted, timed: client.some((place) => isTimed(sums, place)) ? "client" : "server" });
  }
  return sides;
}

function requestsOf({ requests }: SeriesSums, places: readonly number[]): number {
  return places.reduce((sum, place) => sum + (requests[place] ?? 0), 0);
}

function isTimed({ buckets, width }: SeriesSums, place: number): boolean {
  return buckets.subarray(place * width, (place + 1) * width).some((count) => count > 0);
}
