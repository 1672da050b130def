import { bucketIndex, type GraphEnd, outsideMesh, type SpanEdge } from "@weir/domain";
import type { EdgeEnd, EdgePoint, Reporter } from "../records.ts";
import { slotMs } from "../time.ts";
import type { GraphChange } from "./graph-plan.ts";

interface Sum {
  readonly edge: SpanEdge;
  readonly reporter: Reporter;
  readonly slot: number;
  requests: number;
  seconds: number;
  readonly buckets: Map<number, number>;
}

/**
 * What changes of graphs add to the series of edges and their slots, an edge that is taken back with a minus. The two
 * sides of an edge are series of their own, for the client's latency and the server's are two things.
 */
export function edgePointsOf(changes: Iterable<GraphChange>): EdgePoint[] {
  const sums = new Map<string, Sum>();
  for (const { plus, minus } of changes) {
    for (const edge of plus) addEdge(sums, edge, 1);
    for (const edge of minus) addEdge(sums, edge, -1);
  }
  const points: EdgePoint[] = [];
  for (const sum of sums.values()) if (sum.requests !== 0 || sum.buckets.size > 0) points.push(pointOf(sum));
  return points;
}

function addEdge(sums: Map<string, Sum>, edge: SpanEdge, sign: 1 | -1): void {
  const { clientNs, serverNs } = edge;
  if (clientNs !== undefined) addSide(sums, edge, "span.client", clientNs, sign);
  if (serverNs !== undefined) addSide(sums, edge, "span.server", serverNs, sign);
  // A message that was only sent, say: it counts, and nothing was timed.
  if (clientNs === undefined && serverNs === undefined) addSide(sums, edge, "span.client", undefined, sign);
}

function addSide(
  sums: Map<string, Sum>,
  edge: SpanEdge,
  reporter: Reporter,
  durationNs: number | undefined,
  sign: 1 | -1,
): void {
  const slot = Math.floor(edge.startMs / slotMs) * slotMs;
  const { source, destination } = edge;
  const bits = (edge.failed ? 1 : 0) | (edge.virtual ? 2 : 0) | (edge.sampled ? 4 : 0);
  const key = `${reporter}\n${slot}\n${bits}\n${edge.type}\n${source.kind}\n${source.name}\n${source.system}\n${destination.kind}\n${destination.name}\n${destination.system}`;
  let sum = sums.get(key);
  if (!sum) {
    sum = { edge, reporter, slot, requests: 0, seconds: 0, buckets: new Map() };
    sums.set(key, sum);
  }
  sum.requests += sign;
  if (durationNs === undefined) return;
  const seconds = durationNs / 1e9;
  const index = bucketIndex(seconds);
  const count = (sum.buckets.get(index) ?? 0) + sign;
  sum.seconds += sign * seconds;
  if (count === 0) sum.buckets.delete(index);
  else sum.buckets.set(index, count);
}

function pointOf({ edge, reporter, slot, requests, seconds, buckets }: Sum): EdgePoint {
  const indexes = [...buckets.keys()].sort((a, b) => a - b);
  return {
    timeMs: slot + slotMs,
    reporter,
    source: endOf(edge.source),
    destination: endOf(edge.destination),
    protocol: edge.type,
    method: "",
    statusClass: edge.failed ? 5 : 2,
    flag: [edge.virtual ? "virtual" : "", edge.sampled ? "sampled" : ""].filter(Boolean).join(","),
    requests,
    requestBytes: 0,
    responseBytes: 0,
    durationSumSeconds: seconds,
    histogram: { indexes, counts: indexes.map((index) => buckets.get(index) ?? 0) },
    exemplars: [],
  };
}

/** Ends that no span is of stand outside of every namespace; what they run takes the place of a version. */
function endOf({ kind, name, system }: GraphEnd): EdgeEnd {
  if (kind === "user") return outsideMesh;
  if (kind !== "service") return { namespace: "", service: name, version: system };
  const [namespace = "", service = "", version = ""] = name.split("\0");
  return { namespace, service, version };
}
