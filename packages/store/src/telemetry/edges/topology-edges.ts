import { compareVersions } from "@weir/domain";
import type { TopologyEdge } from "../answers.ts";
import type { EdgePair, EdgeTarget } from "./edge-catalog.ts";
import { latencyOf, trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

/** The edges of a chunk, of which each target has one row. */
export function topologyEdgesOf(
  sums: EvidenceSums<EdgeTarget>,
  coveredSeconds: number,
): [EdgePair, TopologyEdge][] {
  const targets = sums.groups;
  const sampled = new Set(sums.series.flatMap((own) => (own.sampled ? own.target.pair : [])));
  const rowsOfPair = Map.groupBy(targets.keys(), (row) => (targets[row] as EdgeTarget).pair);
  return [...rowsOfPair].map(([pair, rows]) => {
    const traffic = trafficOf(sums, rows);
    const edge: TopologyEdge = {
      ...{ source: pair.source, destination: pair.destination, ...traffic, ...latencyOf(sums, rows) },
      rps: traffic.requests / coveredSeconds,
      errorShare: traffic.requests > 0 ? traffic.errors / traffic.requests : 0,
      requestBytes: sumOf(sums.sums.requestBytes, rows),
      responseBytes: sumOf(sums.sums.responseBytes, rows),
      protocol: commonProtocol(sums, rows),
      evidence: sums.evidence,
      sampled: sampled.has(pair),
      byVersion: byVersion(sums, rows),
    };
    return [pair, edge];
  });
}

function byVersion(sums: EvidenceSums<EdgeTarget>, rows: readonly number[]): TopologyEdge["byVersion"] {
  return [...Map.groupBy(rows, (row) => sums.groups[row]?.version ?? "")]
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([version, own]) => ({ version, ...trafficOf(sums, own), ...latencyOf(sums, own) }));
}

function commonProtocol({ groups, sums }: EvidenceSums<EdgeTarget>, rows: readonly number[]): string {
  const requests = [...Map.groupBy(rows, (row) => groups[row]?.protocol ?? "")].map(
    ([protocol, own]) => [protocol, sumOf(sums.requests, own)] as const,
  );
  return requests.sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function sumOf(column: Float64Array, rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + (column[row] ?? 0), 0);
}
