import { bucketIndex, type SparseHistogram } from "@weir/domain";
import type { EdgePoint } from "@weir/store";
import { seededRandom } from "../shared/seeded-random.ts";
import type { LoadedData } from "./loaded-data.ts";

/** Traces begin at so many services, which nobody calls; see span-tree.ts. */
const gateways = 20;
/** A service calls so many others. */
const calleesEach = 10;
/** Standard deviation of latencies, in buckets of scale 4: half of an edge's requests are within a factor of 1.35. */
const spread = 10;
const failedShare = 0.01;

/**
 * What is counted of the edges in a slot of so many seconds: one series of answers for each, another of failures for
 * every third, and what the destination's sidecar says of the same. Calls as the traces have them; always the same.
 */
export function edgePoints(
  { edges, services }: Pick<LoadedData, "edges" | "services">,
  slotSeconds: number,
): EdgePoint[] {
  const random = seededRandom(9);
  return Array.from({ length: edges }, (_, i): EdgePoint[] => {
    const source = i % services;
    const destination = (source * calleesEach + Math.floor(i / services) + gateways) % services;
    // From one in ten seconds to thirty a second, few of them often.
    const perSecond = 0.1 * 300 ** (random() ** 2);
    const requests = Math.max(1, Math.round(perSecond * slotSeconds));
    const seconds = 0.001 * 300 ** random();
    const point = (change: Partial<EdgePoint>): EdgePoint => ({
      ...{ timeMs: 0, reporter: "source", protocol: "http", method: "GET", statusClass: 2, flag: "" },
      ...{ source: endOf(source), destination: endOf(destination) },
      ...countsOf(change.requests ?? requests, seconds, random),
      ...change,
    });
    const points = [point({}), point({ reporter: "destination" })];
    if (i % 3 === 0)
      points.push(point({ requests: Math.ceil(requests * failedShare), statusClass: 5, flag: "UT" }));
    return points;
  }).flat();
}

/** The name that load-dictionaries.ts gives the service of this number, counted from 0. */
function endOf(service: number): EdgePoint["source"] {
  return { namespace: `team-${(service + 1) % 20}`, service: `service-${service + 1}`, version: "v1" };
}

function countsOf(requests: number, seconds: number, random: () => number) {
  const histogram = histogramOf(requests, bucketIndex(seconds));
  return {
    ...{ requests, histogram, requestBytes: requests * 400, responseBytes: requests * 6_000 },
    durationSumSeconds: requests * seconds,
    exemplars: histogram.indexes
      .filter(() => random() < 0.1)
      .map((index) => ({ bucketIndex: index, traceId: traceId(random) })),
  };
}

/** A bell in the logarithm of latencies around a bucket; the counts add up to `requests`. */
function histogramOf(requests: number, centre: number): SparseHistogram {
  const indexes: number[] = [];
  const counts: number[] = [];
  let before = 0;
  for (const [i, share] of bell.entries()) {
    const until = Math.round(requests * share);
    if (until > before) {
      indexes.push(centre + i - (bell.length >> 1));
      counts.push(until - before);
    }
    before = until;
  }
  return { indexes, counts };
}

/** The share of a normal distribution below each bucket's end, from 3.5 deviations under the middle to as many above. */
function bellOf(deviation: number): number[] {
  const half = Math.round(deviation * 3.5);
  const densities = Array.from({ length: half * 2 + 1 }, (_, i) =>
    Math.exp(-(((i - half) / deviation) ** 2) / 2),
  );
  const whole = densities.reduce((sum, density) => sum + density, 0);
  let below = 0;
  return densities.map((density) => {
    below += density;
    return below / whole;
  });
}

const bell = bellOf(spread);

function traceId(random: () => number): string {
  const part = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return part() + part() + part() + part();
}
