import { compareVersions, mergeHistograms, quantile, type SparseHistogram } from "@weir/domain";
import type { Latency, MergedEdge, MergedPlace, Outcomes, Passing, Traffic } from "../answers.ts";
import type { EdgeEnd } from "../records.ts";
import { type EdgeLink, serviceKey } from "./edge-catalog.ts";
import { getOrAdd } from "./get-or-add.ts";
import { addedPassing, histogramOf, outcomesOf, passingOf, trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

/** A sum of rows, from any chunks. */
interface Part extends Traffic, Outcomes {
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly passing: Passing;
  readonly histogram: SparseHistogram;
}

interface Edge {
  readonly source: string;
  readonly target: string;
  /** By the service and version that was reached. */
  readonly reached: Map<string, { readonly version: string; readonly service: string; part: Part }>;
  readonly protocols: Map<string, number>;
  measured: boolean;
  sampled: boolean;
}

/**
 * Edges between places that each stand for many ends of requests, as the sums come in. Quantiles are those of all
 * requests together, from the sum of their histograms: the mean of quantiles would be none.
 */
export class MergedEdges {
  readonly #coveredSeconds: number;
  readonly #placeOf: (end: EdgeEnd) => string;
  readonly #edges = new Map<string, Edge>();

  constructor(coveredSeconds: number, placeOf: (end: EdgeEnd) => string) {
    this.#coveredSeconds = coveredSeconds;
    this.#placeOf = placeOf;
  }

  add(sums: EvidenceSums<EdgeLink>): void {
    const sampled = new Set<EdgeLink>();
    for (const own of sums.series) if (own.sampled) sampled.add(own.link);
    sums.groups.forEach((link, row) => {
      const { pair, version, sourceVersion, protocol } = link;
      const source = this.#placeOf({ ...pair.source, version: sourceVersion });
      const target = this.#placeOf({ ...pair.destination, version });
      const edge = getOrAdd(this.#edges, `${source}\0${target}`, () => emptyEdge(source, target));
      const part = partOf(sums, row);
      const service = serviceKey(pair.destination);
      const reached = getOrAdd(edge.reached, `${service}\0${version}`, () => ({
        ...{ version, service, part: nothing },
      }));
      reached.part = added([reached.part, part]);
      edge.protocols.set(protocol, (edge.protocols.get(protocol) ?? 0) + part.requests);
      edge.measured ||= sums.evidence === "metrics";
      edge.sampled ||= sampled.has(link);
    });
  }

  /** By the names of their sources, then of their targets. */
  edges(): MergedEdge[] {
    return [...this.#edges]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, edge]) => mergedEdge(edge, this.#coveredSeconds));
  }

  /** What arrived at each place, in no order. */
  places(): MergedPlace[] {
    const byTarget = Map.groupBy(this.#edges.values(), ({ target }) => target);
    return Array.from(byTarget, ([place, edges]) => {
      const all = added(edges.flatMap((edge) => Array.from(edge.reached.values(), ({ part }) => part)));
      return { place, ...totalsOf(all), rps: all.requests / this.#coveredSeconds };
    });
  }
}

function emptyEdge(source: string, target: string): Edge {
  return { source, target, reached: new Map(), protocols: new Map(), measured: false, sampled: false };
}

const nothing: Part = {
  ...{ requests: 0, errors: 0, clientErrors: 0, grpcErrors: 0, flags: {}, requestBytes: 0, responseBytes: 0 },
  passing: {},
  histogram: { indexes: [], counts: [] },
};

function partOf(sums: EvidenceSums<EdgeLink>, row: number): Part {
  return {
    ...trafficOf(sums, [row]),
    ...outcomesOf(sums, [row]),
    requestBytes: sums.sums.requestBytes[row] ?? 0,
    responseBytes: sums.sums.responseBytes[row] ?? 0,
    passing: passingOf(sums, [row]),
    histogram: histogramOf(sums, [row]),
  };
}

function added(parts: readonly Part[]): Part {
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const flags: Record<string, number> = {};
  for (const part of parts)
    for (const [flag, requests] of Object.entries(part.flags)) flags[flag] = (flags[flag] ?? 0) + requests;
  return {
    requests: sum(({ requests }) => requests),
    errors: sum(({ errors }) => errors),
    clientErrors: sum(({ clientErrors }) => clientErrors),
    grpcErrors: sum(({ grpcErrors }) => grpcErrors),
    flags,
    requestBytes: sum(({ requestBytes }) => requestBytes),
    responseBytes: sum(({ responseBytes }) => responseBytes),
    passing: addedPassing(parts.map(({ passing }) => passing)),
    histogram: mergeHistograms(parts.map(({ histogram }) => histogram)),
  };
}

function mergedEdge(edge: Edge, coveredSeconds: number): MergedEdge {
  const reached = [...edge.reached.values()];
  const all = added(reached.map(({ part }) => part));
  const { requests, errors, requestBytes, responseBytes } = all;
  const [protocol = ""] = [...edge.protocols].sort(([, a], [, b]) => b - a)[0] ?? [];
  const isOneService = new Set(reached.map(({ service }) => service)).size === 1;
  return {
    ...{ source: edge.source, target: edge.target, protocol, requestBytes, responseBytes },
    ...totalsOf(all),
    ...all.passing,
    rps: requests / coveredSeconds,
    errorShare: requests > 0 ? errors / requests : 0,
    evidence: edge.measured ? "metrics" : "spans",
    sampled: edge.sampled,
    byVersion: isOneService
      ? reached
          .map(({ version, part }) => ({ version, ...trafficIn(part), ...latencyIn(part) }))
          .sort((a, b) => compareVersions(a.version, b.version))
      : [],
  };
}

function totalsOf(part: Part): Traffic & Outcomes & Latency {
  const { clientErrors, grpcErrors, flags } = part;
  return { ...trafficIn(part), clientErrors, grpcErrors, flags, ...latencyIn(part) };
}

function trafficIn({ requests, errors }: Part): Traffic {
  return { requests, errors };
}

function latencyIn({ histogram }: Part): Latency {
  return { p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99) };
}
