import { compareVersions } from "@weir/domain";
import type { TopologyEdge } from "../answers.ts";
import type { EdgePair, EdgeSeries, EdgeTarget } from "./edge-catalog.ts";
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
  const target = onlyTarget(sums, rows);
  return {
    source,
    destination,
    requests,
    errors,
    p50,
    p95,
    p99,
    rps: requests / coveredSeconds,
    errorShare: requests > 0 ? errors / requests : 0,
    requestBytes: sumOf(sums.sums.requestBytes, rows),
    responseBytes: sumOf(sums.sums.responseBytes, rows),
    protocol: target ? target.protocol : commonProtocol(sums, rows),
    evidence: sums.evidence,
    sampled: rows.some((row) => sums.groups[row]?.sampled),
    byVersion: target
      ? [{ version: target.version, requests, errors, p50, p95, p99 }]
      : byVersion(sums, rows),
  };
}

/** Of most edges, whose numbers are those of their only version. */
function onlyTarget({ groups }: EvidenceSums<EdgeSeries>, rows: readonly number[]): EdgeTarget | undefined {
  const target = groups[rows[0] ?? 0]?.target;
  return rows.every((row) => groups[row]?.target === target) ? target : undefined;
}

function byVersion(sums: EvidenceSums<EdgeSeries>, rows: readonly number[]): TopologyEdge["byVersion"] {
  return [...rowsBy(rows, (row) => sums.groups[row]?.target.version ?? "")]
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([version, own]) => ({ version, ...trafficOf(sums, own), ...latencyOf(sums, own) }));
}

function commonProtocol({ groups, sums }: EvidenceSums<EdgeSeries>, rows: readonly number[]): string {
  const protocols = [...rowsBy(rows, (row) => groups[row]?.target.protocol ?? "")];
  const [[common] = [""]] = protocols.sort(
    ([, a], [, b]) => sumOf(sums.requests, b) - sumOf(sums.requests, a),
  );
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
