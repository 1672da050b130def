import { mergeHistograms, quantile, type SparseHistogram, type Window } from "@weir/domain";
import type { TopologyEdge } from "../../answers.ts";
import type { EdgePoint } from "../../records.ts";
import { slotMs, slotOfIntervalEnd } from "../../time.ts";

/** What the map has to say of an edge, reckoned from all points there ever were. */
export type NaiveEdge = Pick<
  TopologyEdge,
  "requests" | "errors" | "requestBytes" | "responseBytes" | "p50" | "p95" | "p99" | "evidence"
> & { readonly name: string; readonly histogram: SparseHistogram };

/** Edges by name, such as `a>b`. */
export function naiveEdges(points: readonly EdgePoint[], window: Window): NaiveEdge[] {
  const counted = points.filter((point) => {
    const startMs = slotOfIntervalEnd(point.timeMs);
    const isIn = startMs < window.toMs && startMs + slotMs > window.fromMs;
    return isIn && point.reporter !== "destination" && countsAnything(point);
  });
  const byName = Map.groupBy(
    counted,
    ({ source, destination }) => `${source.service}>${destination.service}`,
  );
  return [...byName]
    .map(([name, own]) => naiveEdge(name, own))
    .filter(({ requests, evidence }) => requests > 0 || evidence === "metrics")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function countsAnything({ requests, requestBytes, responseBytes, histogram }: EdgePoint): boolean {
  return requests !== 0 || requestBytes !== 0 || responseBytes !== 0 || histogram.counts.length > 0;
}

function naiveEdge(name: string, points: readonly EdgePoint[]): NaiveEdge {
  const by = (...reporters: readonly string[]) =>
    points.filter(({ reporter }) => reporters.includes(reporter));
  const metrics = by("source");
  const [client, server] = [by("span.client"), by("span.server")];
  const withAlone = [...client, ...server.filter(({ flag }) => flag.split(",").includes("alone"))];
  const counts = metrics.length > 0 ? metrics : sumOf(client, "requests") > 0 ? withAlone : server;
  const timed = metrics.length > 0 ? metrics : histogramOf(client).counts.length > 0 ? withAlone : server;
  const histogram = histogramOf(timed);
  return {
    ...{ name, requests: sumOf(counts, "requests"), histogram },
    errors: sumOf(
      counts.filter(({ statusClass }) => statusClass === 5),
      "requests",
    ),
    requestBytes: sumOf(counts, "requestBytes"),
    responseBytes: sumOf(counts, "responseBytes"),
    ...{ p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99) },
    evidence: metrics.length > 0 ? "metrics" : "spans",
  };
}

function sumOf(points: readonly EdgePoint[], name: "requests" | "requestBytes" | "responseBytes"): number {
  return points.reduce((sum, point) => sum + point[name], 0);
}

function histogramOf(points: readonly EdgePoint[]): SparseHistogram {
  const { indexes, counts } = mergeHistograms(points.map(({ histogram }) => histogram));
  return {
    indexes: indexes.filter((_, i) => counts[i] !== 0),
    counts: counts.filter((count) => count !== 0),
  };
}
