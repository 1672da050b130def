import type { MapEdge } from "../../../server/topology/topology-view.ts";

/** Something that runs along an edge again and again, as its requests do. */
export interface Bead {
  readonly failed: boolean;
  /** Where on its way it begins, as a share of the way. */
  readonly phase: number;
  /** It is seen in one of so many passes. */
  readonly every: number;
}

export interface Traffic {
  /** Pixels a second, at a zoom of 1. */
  readonly pace: number;
  readonly beads: readonly Bead[];
}

const slowest = 28;
const fastest = 130;
/** A pass of so many would not be waited for. */
const mostPasses = 20;

/**
 * How an edge's requests are shown on their way: more of them go faster and closer behind each other (log of the rate, in
 * coarse steps, so that a live update seldom changes anything), and as large a share of them fails as did. Undefined
 * where nobody asked.
 */
export function trafficOf({ rps, errorShare = 0 }: MapEdge): Traffic | undefined {
  if (rps <= 0) return undefined;
  const size = Math.max(0, Math.round(2 * Math.log10(1 + rps)) / 2);
  const count = Math.min(4, 1 + Math.floor(size));
  const failing = Math.min(1, Math.max(0, errorShare)) * count;
  const whole = Math.floor(failing);
  const beads: Bead[] = Array.from({ length: count }, (_, index) => ({
    ...{ failed: index < whole, phase: index / count, every: 1 },
  }));
  // What is left of the share passes before the next bead, now and then.
  const rest = failing - whole;
  if (rest > 0)
    beads.push({ failed: true, phase: whole / count, every: Math.min(mostPasses, Math.round(1 / rest)) });
  return { pace: Math.min(fastest, slowest + 30 * size), beads };
}

/** Each bead is a layer of its own: on more edges at once they would cost something, and be a swarm. */
const mostEdges = 60;

/** The edges whose requests are seen on their way: those in focus, or else all of a map that is drawn edge by edge. */
export function movingEdges(
  edges: readonly MapEdge[],
  focus: ReadonlySet<string> | undefined,
  pictured: boolean,
): readonly MapEdge[] {
  if (focus) {
    const own = edges.filter(({ id }) => focus.has(id));
    return own.length <= mostEdges ? own : own.sort((a, b) => b.rps - a.rps).slice(0, mostEdges);
  }
  return pictured || edges.length > mostEdges ? [] : edges;
}
