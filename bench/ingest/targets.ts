import { atLeast, atMost, type Judged } from "../shared/targets.ts";
import type { Results } from "./results.ts";

/** A sidecar tells of its requests every two seconds: so much later may the collector hear of one. */
const sidecarMs = 2_000;

/** What the collector must reach on two cores that it shares with Postgres and the load. */
export function judge({ saturated, steady }: Results): Judged[] {
  const edgeMs = steady && sidecarMs + steady.edgeVisibleMs.p99;
  return [
    atLeast("ingest / bare COPY of the same rows", saturated?.ofCopy, 0.6),
    atLeast("saturated: last turn / first", saturated?.flatness, 0.9),
    atLeast("sustained, spans/s", steady?.spansPerSecond, 25_000 * 0.99),
    atLeast("sustained: last minute / first", steady?.flatness, 0.9),
    atMost("CPU of the collector, us a span", steady?.cpuUs.collector, 12),
    atMost("bytes a span on disk, with all that grows by it", totalBytes(steady?.bytesPerSpan), 250),
    atMost("an edge on the map, s after the request, p99", edgeMs && edgeMs / 1000, 3),
    atMost("resident memory of the collector at most, MB", peak(saturated, steady), 512),
  ];
}

export function totalBytes(bytes: ReadonlyMap<string, number> | undefined): number | undefined {
  return bytes && [...bytes.values()].reduce((sum, each) => sum + each, 0);
}

function peak(...phases: readonly ({ readonly collectorPeakMb: number } | undefined)[]): number | undefined {
  const peaks = phases.flatMap((phase) => (phase ? [phase.collectorPeakMb] : []));
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}
