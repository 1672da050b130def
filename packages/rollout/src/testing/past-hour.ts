import { bucketIndex } from "@weir/domain";
import { randomBinomial, randomLcg } from "d3-random";
import type { PastTraffic } from "../replay/past-traffic.ts";

/** Slots of ten seconds: so many requests a second, that share of which fails; durations around 50 ms, a hundredth over 150. */
export function pastTrafficOf(requestsPerSecond: number, share = 0.01, slots = 360): PastTraffic {
  const binomial = randomBinomial.source(randomLcg(0.5));
  const requests = requestsPerSecond * 10;
  return {
    ...{ slotMs: 10_000, fromMs: 0 },
    slots: Array.from({ length: slots }, () => {
      const slow = binomial(requests, 0.01)();
      const parts = [
        [0.04, Math.floor((requests - slow) / 2)],
        [0.06, Math.ceil((requests - slow) / 2)],
        [0.16, Math.ceil(slow / 2)],
        [0.3, Math.floor(slow / 2)],
      ].flatMap(([seconds, count]) => (count! > 0 ? [{ index: bucketIndex(seconds!), count: count! }] : []));
      return {
        ...{ requests, failures: binomial(requests, share)() },
        durations: { indexes: parts.map(({ index }) => index), counts: parts.map(({ count }) => count) },
      };
    }),
    before: { indexes: [], counts: [] },
  };
}
