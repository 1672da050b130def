import { compareVersions } from "@weir/domain";
import type { TopologyEdge } from "../answers.ts";
import type { EdgePair, EdgeTarget } from "./edge-catalog.ts";
import { latencyOf, outcomesOf, passingOf, trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

type Sums = EvidenceSums<EdgeTarget>;

/** The edges of the map, as the sums come in, in which each target has one row. */
export class TopologyEdges {
  readonly #coveredSeconds: number;
  readonly #pairs: EdgePair[] = [];
  /** Of each of the pairs. */
  readonly #edges: TopologyEdge[] = [];

  constructor(coveredSeconds: number) {
    this.#coveredSeconds = coveredSeconds;
  }

  add(sums: Sums): void {
    const sampled = new Set<EdgePair>();
    for (const own of sums.series) if (own.sampled) sampled.add(own.target.pair);
    const rowsOf = new Map<EdgePair, number[]>();
    sums.groups.forEach(({ pair }, row) => {
      const rows = rowsOf.get(pair);
      if (rows) rows.push(row);
      else rowsOf.set(pair, [row]);
    });
    for (const [pair, rows] of rowsOf) {
      this.#pairs.push(pair);
      this.#edges.push(edgeOf(sums, pair, rows, this.#coveredSeconds, sampled.has(pair)));
    }
  }

  /** By the names of their sources, then of their destinations. */
  inOrder(): TopologyEdge[] {
    const ranks = this.#pairs.reduce((most, { rank }) => Math.max(most, rank + 1), 0);
    const ranked = Array.from<TopologyEdge | undefined>({ length: ranks });
    this.#pairs.forEach(({ rank }, i) => {
      ranked[rank] = this.#edges[i];
    });
    return ranked.filter((edge) => edge !== undefined);
  }
}

function edgeOf(
  sums: Sums,
  { source, destination }: EdgePair,
  rows: readonly number[],
  coveredSeconds: number,
  sampled: boolean,
): TopologyEdge {
  const { requests, errors } = trafficOf(sums, rows);
  const { clientErrors, grpcErrors, flags } = outcomesOf(sums, rows);
  const { security, resends } = passingOf(sums, rows);
  const { p50, p95, p99 } = latencyOf(sums, rows);
  const [first = 0] = rows;
  const only = rows.length === 1 ? sums.groups[first] : undefined;
  // Named one by one, and alike for all: spreading four objects into each of 10,000 takes longer than summing them up.
  return {
    source,
    destination,
    requests,
    errors,
    clientErrors,
    grpcErrors,
    flags,
    security,
    resends,
    p50,
    p95,
    p99,
    rps: requests / coveredSeconds,
    errorShare: requests > 0 ? errors / requests : 0,
    requestBytes: sumOf(sums.sums.requestBytes, rows),
    responseBytes: sumOf(sums.sums.responseBytes, rows),
    protocol: only ? only.protocol : commonProtocol(sums, rows),
    evidence: sums.evidence,
    sampled,
    byVersion: only ? [{ version: only.version, requests, errors, p50, p95, p99 }] : byVersion(sums, rows),
  };
}

function byVersion(sums: Sums, rows: readonly number[]): TopologyEdge["byVersion"] {
  return [...Map.groupBy(rows, (row) => sums.groups[row]?.version ?? "")]
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([version, own]) => ({ version, ...trafficOf(sums, own), ...latencyOf(sums, own) }));
}

function commonProtocol({ groups, sums }: Sums, rows: readonly number[]): string {
  const protocols = [...Map.groupBy(rows, (row) => groups[row]?.protocol ?? "")];
  const byRequests = protocols.sort(([, a], [, b]) => sumOf(sums.requests, b) - sumOf(sums.requests, a));
  return byRequests[0]?.[0] ?? "";
}

function sumOf(column: Float64Array, rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) sum += column[row] ?? 0;
  return sum;
}
