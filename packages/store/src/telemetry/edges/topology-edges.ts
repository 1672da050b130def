import { compareVersions } from "@weir/domain";
import type { TopologyEdge } from "../answers.ts";
import type { EdgePair, EdgeSeries } from "./edge-catalog.ts";
import { getOrAdd } from "./get-or-add.ts";
import { latencyOf, trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

/** The edges of a chunk, of which each series has one row. */
export function topologyEdgesOf(
  sums: EvidenceSums<EdgeSeries>,
  coveredSeconds: number,
): [EdgePair, TopologyEdge][] {
  const pairs = new Map<EdgePair, number[]>();
  sums.groups.forEach(({ target }, row) => {
    getOrAdd(pairs, target.pair, () => []).push(row);
  });
  return Array.from(pairs, ([pair, rows]) => [pair, edgeOf(sums, pair, rows, coveredSeconds)]);
}

function edgeOf(
  sums: EvidenceSums<EdgeSeries>,
  { source, destination }: EdgePair,
  rows: readonly number[],
  coveredSeconds: number,
): TopologyEdge {
  const { requests, errors } = trafficOf(sums, rows);
  const { p50, p95, p99 } = latencyOf(sums, rows);
  const versions = rowsBy(rows, (row) => sums.groups[row]?.target.version ?? "");
  return {
    ...{ source, destination, requests, errors, p50, p95, p99 },
    rps: requests / coveredSeconds,
    errorShare: requests > 0 ? errors / requests : 0,
    requestBytes: sumOf(sums.sums.requestBytes, rows),
    responseBytes: sumOf(sums.sums.responseBytes, rows),
    protocol: commonProtocol(sums, rows),
    evidence: sums.evidence,
    sampled: rows.some((row) => sums.groups[row]?.sampled),
    byVersion: [...versions]
      .sort(([a], [b]) => compareVersions(a, b))
      .map(([version, own]) =>
        // Most edges reach one version, and have been summed up already.
        own.length === rows.length
          ? { version, requests, errors, p50, p95, p99 }
          : { version, ...trafficOf(sums, own), ...latencyOf(sums, own) },
      ),
  };
}

function commonProtocol({ groups, sums }: EvidenceSums<EdgeSeries>, rows: readonly number[]): string {
  let [common = "", most] = ["", Number.NEGATIVE_INFINITY];
  for (const [protocol, own] of rowsBy(rows, (row) => groups[row]?.target.protocol ?? "")) {
    const requests = sumOf(sums.requests, own);
    if (requests > most) [common, most] = [protocol, requests];
  }
  return common;
}

function rowsBy(rows: readonly number[], key: (row: number) => string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const row of rows) getOrAdd(found, key(row), () => []).push(row);
  return found;
}

function sumOf(column: Float64Array, rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) sum += column[row] ?? 0;
  return sum;
}
