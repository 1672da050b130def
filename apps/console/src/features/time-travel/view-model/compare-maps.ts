import type { MapEdge, MapView } from "../../../server/topology/topology-view.ts";

/** What became different of an edge, the most urgent first. */
export const differenceKinds = [
  "failing",
  "slower",
  "new",
  "gone",
  "busier",
  "quieter",
  "faster",
  "recovered",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  readonly edge: MapEdge;
  /** The same edge in the earlier window; absent when it is new. For one that is gone, `edge` is the earlier one. */
  readonly before?: MapEdge;
  /** How much, to order those of one kind: a ratio, a difference of shares, or requests. */
  readonly size: number;
}

/** Of each edge the one thing that matters most about how it changed, the most urgent edges first. */
export function compareMaps(now: MapView, before: MapView): Difference[] {
  const earlier = new Map(before.edges.map((edge) => [edge.id, edge]));
  const there = new Set(now.edges.filter(({ requests }) => requests > 0).map(({ id }) => id));
  const differences = now.edges.flatMap((edge): Difference[] => {
    if (edge.requests === 0) return [];
    const own = earlier.get(edge.id);
    return own && own.requests > 0 ? differenceOf(edge, own) : [{ kind: "new", edge, size: edge.requests }];
  });
  const gone = before.edges
    .filter(({ id, requests }) => requests > 0 && !there.has(id))
    .map((edge): Difference => ({ kind: "gone", edge, size: edge.requests }));
  return [...differences, ...gone].sort(
    (a, b) => differenceKinds.indexOf(a.kind) - differenceKinds.indexOf(b.kind) || b.size - a.size,
  );
}

/** Below this a difference of rates or latencies says more about who happened to call than about the mesh. */
const enough = { requests: 30, forLatency: 20, forP95: 100 } as const;
/** Changes smaller than these are of no interest even where they are certain. */
const worthTelling = { ratio: 1.3, seconds: 0.002, errorShare: 0.005, rateRatio: 2 } as const;
/** Of a normal distribution; one edge in 370 differs so far by chance. */
const certainZ = 3;

function differenceOf(edge: MapEdge, before: MapEdge): Difference[] {
  const moreErrors = edge.errorShare - before.errorShare;
  if (Math.abs(moreErrors) >= worthTelling.errorShare && Math.abs(zOfShares(edge, before)) >= certainZ)
    return [{ kind: moreErrors > 0 ? "failing" : "recovered", edge, before, size: Math.abs(moreErrors) }];
  const slower = ratioOfP95(edge, before);
  if (slower !== undefined)
    return [{ kind: slower > 1 ? "slower" : "faster", edge, before, size: Math.max(slower, 1 / slower) }];
  const busier = before.rps > 0 ? edge.rps / before.rps : 1;
  const many = Math.max(edge.requests, before.requests) >= enough.requests;
  if (many && Math.max(busier, 1 / busier) >= worthTelling.rateRatio)
    return [{ kind: busier > 1 ? "busier" : "quieter", edge, before, size: Math.max(busier, 1 / busier) }];
  return [];
}

/** The two-proportion z statistic of failed requests, pooled. */
function zOfShares(edge: MapEdge, before: MapEdge): number {
  const pooled = (edge.errors + before.errors) / (edge.requests + before.requests);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / edge.requests + 1 / before.requests));
  return spread > 0 ? (edge.errorShare - before.errorShare) / spread : 0;
}

/**
 * Undefined where it is not known well enough, or has hardly changed. Of few requests the 95th percentile is one of the
 * slowest two or three: then the median has to say the same.
 */
function ratioOfP95(edge: MapEdge, before: MapEdge): number | undefined {
  const requests = Math.min(edge.requests, before.requests);
  if (requests < enough.forLatency) return undefined;
  if (edge.p95 === undefined || before.p95 === undefined || before.p95 <= 0 || edge.p95 <= 0)
    return undefined;
  const ratio = edge.p95 / before.p95;
  const told =
    Math.max(ratio, 1 / ratio) >= worthTelling.ratio &&
    Math.abs(edge.p95 - before.p95) >= worthTelling.seconds;
  if (!told || requests >= enough.forP95) return told ? ratio : undefined;
  const ofMedian = (edge.p50 ?? 0) / (before.p50 || Number.POSITIVE_INFINITY);
  const same =
    ratio > 1 ? ofMedian >= worthTelling.ratio : ofMedian > 0 && ofMedian <= 1 / worthTelling.ratio;
  return same ? ratio : undefined;
}
