import { bucketLowerBound } from "@weir/domain";
import type { Guard } from "../plan/checks.ts";
import type { Analysis } from "./analysis.ts";
import { shareOf } from "./arm.ts";
import type { Heard } from "./heard.ts";
import { type ComparisonVerdict, judgeComparison } from "./judge-comparison.ts";
import { isAbove, type Stretch } from "./limit-test.ts";
import { judgeSplit, type SampleRatioVerdict } from "./sample-ratio.ts";
import type { AnalysisSettings } from "./settings.ts";

export interface Compared extends ComparisonVerdict {
  readonly check: "successRate" | "latency";
  /** Of latency: requests that took longer are slow. */
  readonly slowMs: number | undefined;
}

export interface GuardVerdict {
  readonly guard: Guard;
  readonly tripped: boolean;
  readonly requests: number;
  /** Share of them that hit, 0 to 1, and the share that may. */
  readonly observed: number | undefined;
  readonly limit: number;
  /** What broke it: the newest requests, together above the limit. Missing of one that is kept, and in evidence of older releases. */
  readonly above?: Stretch | undefined;
}

/** The answer of somebody else: a query, a webhook. `unknown` holds. */
export interface OtherCheck {
  readonly name: string;
  readonly outcome: "pass" | "fail" | "unknown";
  readonly detail: string;
}

/** All that a decision may look at: plain data, kept as it was with every decision. */
export interface Evidence {
  /** Which step of which round it is about. */
  readonly step: number;
  readonly round: number;
  /** Until when requests were counted, in milliseconds since 1970; undefined: none were yet. */
  readonly toMs: number | undefined;
  /** Until when there were any. */
  readonly heard: Heard;
  /** Of the canary. */
  readonly requestsInStep: number;
  readonly comparisons: readonly Compared[];
  readonly sampleRatio: SampleRatioVerdict | undefined;
  readonly guards: readonly GuardVerdict[];
  readonly others: readonly OtherCheck[];
}

export function judge(
  analysis: Analysis,
  settings: AnalysisSettings,
  others: readonly OtherCheck[] = [],
): Evidence {
  const { step, round, toMs, heard, requestsInStep, successRate, latency, sampleRatio } = analysis;
  return {
    ...{ step, round, toMs, heard, requestsInStep, others },
    comparisons: [
      ...(successRate && settings.successRate
        ? [compared("successRate", undefined, judgeComparison(successRate, settings.successRate))]
        : []),
      ...(latency && settings.latency
        ? [
            compared(
              "latency",
              thresholdMs(latency.threshold.bucket),
              judgeComparison(latency, settings.latency),
            ),
          ]
        : []),
    ],
    sampleRatio: settings.sampleRatio && judgeSplit(sampleRatio, settings.sampleRatio),
    guards: settings.guards.map((guard, at) => {
      const test = analysis.guards[at]!;
      const { requests } = test.seen;
      const tripped = requests >= guard.guard.minRequests && isAbove(test, guard);
      return {
        ...{ guard: guard.guard, tripped, requests, observed: shareOf(test.seen), limit: guard.limit },
        ...(tripped ? { above: test.above } : {}),
      };
    }),
  };
}

function compared(
  check: Compared["check"],
  slowMs: number | undefined,
  verdict: ComparisonVerdict,
): Compared {
  return { check, slowMs, ...verdict };
}

function thresholdMs(bucket: number | undefined): number | undefined {
  return bucket === undefined ? undefined : bucketLowerBound(bucket + 1) * 1_000;
}
