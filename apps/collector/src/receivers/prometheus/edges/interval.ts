import { apportion } from "./apportion.ts";
import { dealBuckets, totalOf } from "./bucket-counts.ts";
import type { EdgeTraffic } from "./edge-traffic.ts";
import { isEmpty } from "./edge-traffic.ts";

/** Milliseconds since 1970. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The slots that edges are added up in. */
const slotMs = 10_000;
/** What is known of a long time only as a whole is not worth more rows than these. */
const mostPieces = 60;

/**
 * Cuts an interval where slots begin, so that what was counted between two scrapes is spread evenly over that time, as
 * Prometheus' `rate` does, instead of standing in the last slot as a spike. At most sixty pieces, which then are longer.
 */
export function slotsOf({ fromMs, toMs }: Interval): Interval[] {
  const stepMs = slotMs * Math.max(1, Math.ceil((toMs - fromMs) / (slotMs * (mostPieces - 1))));
  const cuts: number[] = [];
  for (let cut = (Math.floor(fromMs / stepMs) + 1) * stepMs; cut < toMs; cut += stepMs) cuts.push(cut);
  return [fromMs, ...cuts].map((from, i) => ({ fromMs: from, toMs: cuts[i] ?? toMs }));
}

/** A traffic's share of each piece, by its length; exact in sum, without pieces that have none. */
export function spreadTraffic(
  traffic: EdgeTraffic,
  pieces: readonly Interval[],
): { readonly piece: Interval; readonly traffic: EdgeTraffic }[] {
  const weights = pieces.map(({ fromMs, toMs }) => toMs - fromMs);
  const requests = apportion(traffic.requests, weights);
  const requestBytes = apportion(traffic.requestBytes, weights);
  const responseBytes = apportion(traffic.responseBytes, weights);
  // Latencies go with their requests.
  const buckets = dealBuckets(traffic.buckets, traffic.requests > 0 ? requests : weights);
  const total = totalOf(traffic.buckets);
  const shares = pieces.map((piece, i) => {
    const own = buckets[i] ?? new Map();
    return {
      piece,
      traffic: {
        ...traffic,
        requests: requests[i] ?? 0,
        requestBytes: requestBytes[i] ?? 0,
        responseBytes: responseBytes[i] ?? 0,
        buckets: own,
        seconds: total > 0 ? (traffic.seconds * totalOf(own)) / total : 0,
        exemplars: i === pieces.length - 1 ? traffic.exemplars : [],
      },
    };
  });
  return shares.filter((share) => !isEmpty(share.traffic));
}
