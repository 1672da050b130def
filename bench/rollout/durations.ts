import { bucketIndex, type SparseHistogram } from "@weir/domain";
import { drawCount } from "./draw-count.ts";

/** Durations of requests, log-logistic of the shape 3: their p99 is 4.6 times the median, with a tail as services have it. */
export interface Durations {
  /** Bucket of the fastest four fifths, as if they were all alike: nobody asks about them. */
  readonly body: number;
  /** Buckets of the slowest fifth, each as likely as the next. */
  readonly tail: Int16Array;
}

const shape = 3;
const tailShare = 0.2;

/** `slowest`: this share of the requests takes `times` as long as it would. */
export function durationsOf(p99Ms: number, slowest = { share: 0, times: 1 }): Durations {
  const seconds = (q: number) =>
    (p99Ms / 1_000) * (q / (1 - q) / 99) ** (1 / shape) * (q >= 1 - slowest.share ? slowest.times : 1);
  const tail = Int16Array.from({ length: 8_192 }, (_, at) =>
    bucketIndex(seconds(1 - tailShare + (tailShare * (at + 0.5)) / 8_192)),
  );
  return { body: bucketIndex(seconds(0.5)), tail };
}

export function drawDurations(
  { body, tail }: Durations,
  requests: number,
  random: () => number,
): SparseHistogram {
  const slow = drawCount(requests, tailShare, random);
  const drawn = new Int16Array(slow);
  for (let at = 0; at < slow; at++) drawn[at] = tail[Math.floor(random() * tail.length)]!;
  drawn.sort();
  const indexes: number[] = [];
  const counts: number[] = [];
  if (requests > slow) {
    indexes.push(body);
    counts.push(requests - slow);
  }
  for (const index of drawn)
    if (index === indexes.at(-1)) counts[counts.length - 1]! += 1;
    else {
      indexes.push(index);
      counts.push(1);
    }
  return { indexes, counts };
}
