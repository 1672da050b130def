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
  const sums: Sums = new Map();
  for (const { plus, minus } of changes) {
    for (const edge of plus) addEdge(sums, edge, 1);
    for (const edge of minus) addEdge(sums, edge, -1);
  }
  const points: EdgePoint[] = [];
  for (const bySource of sums.values())
    for (const byDestination of bySource.values())
      for (const sum of byDestination.values())
        if (sum.requests !== 0 || sum.buckets.size > 0) points.push(pointOf(sum));
  return points;
}

/** By source, by destination, and by all else in one number: a text of all of it would cost more than the adding. */
type Sums = Map<string, Map<string, Map<number, Sum>>>;

function addEdge(sums: Sums, edge: SpanEdge, sign: 1 | -1): void {
  const { clientNs, serverNs } = edge;
  const bySource = within(sums, keyOf(edge.source));
  const between = within(bySource, keyOf(edge.destination));
  if (clientNs !== undefined) addSide(between, edge, "span.client", clientNs, sign);
  if (serverNs !== undefined) addSide(between, edge, "span.server", serverNs, sign);
  // A message that was only sent, say: it counts, and nothing was timed.
  if (clientNs === undefined && serverNs === undefined)
    addSide(between, edge, "span.client", undefined, sign);
}

function within<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  let found = maps.get(key);
  if (!found) {
    found = new Map();
    maps.set(key, found);
  }
  return found;
}

function keyOf({ kind, name, system }: GraphEnd): string {
  return kind === "service" ? name : `${kind}\n${system}\n${name}`;
}

const types: Readonly<Record<SpanEdge["type"], number>> = {
  ...{ other: 0, http: 1, rpc: 2, messaging: 3, database: 4 },
};

function addSide(
  between: Map<number, Sum>,
  edge: SpanEdge,
  reporter: "span.client" | "span.server",
  durationNs: number | undefined,
  sign: 1 | -1,
): void {
  const slot = Math.floor(edge.startMs / slotMs);
  const bits =
    (edge.failed ? 1 : 0) | (isGuess(edge) ? 2 : 0) | (edge.sampled ? 4 : 0) | (isAlone(edge) ? 8 : 0);
  const key = slot * 256 + types[edge.type] * 32 + bits * 2 + (reporter === "span.client" ? 0 : 1);
  let sum = between.get(key);
  if (!sum) {
    sum = { edge, reporter, slot: slot * slotMs, requests: 0, seconds: 0, buckets: new Map() };
    between.set(key, sum);
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

/** Spans of its end may be on their way, and then tell better. Few databases send any. */
function isGuess({ virtual, destination }: SpanEdge): boolean {
  return virtual && destination.kind !== "database";
}

/** Only the server tells of it, whatever clients tell of others between the two: a try before the last, a further consumer. */
function isAlone({ clientNs, serverNs }: SpanEdge): boolean {
  return clientNs === undefined && serverNs !== undefined;
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
    flag: [
      ...(isGuess(edge) ? ["virtual"] : []),
      ...(edge.sampled ? ["sampled"] : []),
      ...(isAlone(edge) ? ["alone"] : []),
    ].join(),
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
