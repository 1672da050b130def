import type { Arm, Pair } from "../analysis/arm.ts";
import type { Compared, GuardVerdict } from "../analysis/evidence.ts";
import type { SampleRatioVerdict } from "../analysis/sample-ratio.ts";
import type { Step } from "../plan/step.ts";

const checkNames = { successRate: "success rate", latency: "latency" } as const;
const bunchWords = { successRate: "fail", latency: "are slow" } as const;
const hitWords = { successRate: "failed", latency: "were slow" } as const;

/**
 * `success rate: 4.75 % of the canary's 990 requests in this step failed, 0 % of the baseline's 1020 (2.8 % and 0 % since the rollout
 * began): at least 0.4 points more`. The evidence shows the same figures.
 */
export function harmWords({ check, inStep, all, interval, slowMs }: Compared): string {
  const than = slowMs === undefined ? "" : ` (over ${rounded(slowMs)} ms)`;
  const isWhole = inStep.canary.requests === 0 || inStep.baseline.requests === 0 || isSameTime(inStep, all);
  const { canary, baseline } = isWhole ? all : inStep;
  const before = `${shareWords(all.canary)} and ${shareWords(all.baseline)} since the rollout began`;
  return (
    `${checkNames[check]}: ${shareWords(canary)} of the canary's ${canary.requests} requests${isWhole ? "" : " in this step"} ` +
    `${hitWords[check]}${than}, ${shareWords(baseline)} of the baseline's ${baseline.requests}` +
    `${isWhole ? "" : ` (${before})`}: ${moreWords(interval.low)}`
  );
}

/** Differences end at set sizes, and the least is none: what is known then is that there is one. */
function moreWords(low: number): string {
  return low > 0 ? `at least ${points(low)} more` : "more than chance explains";
}

function isSameTime(inStep: Pair, all: Pair): boolean {
  return inStep.canary.requests === all.canary.requests && inStep.baseline.requests === all.baseline.requests;
}

/** `success rate no worse, between -0.4 and +0.6 points`. */
export function passWords({ check, verdict, interval }: Compared): string {
  return `${checkNames[check]} ${verdict}, between ${signed(interval.low)} and ${signed(interval.high)} points`;
}

/** `success rate: not enough evidence, needs about 900 more requests of the canary; they fail in bunches of about 3`. */
export function neededWords({ check, samplesNeeded, bunchSize }: Compared): string {
  const needs =
    samplesNeeded === undefined
      ? "no request of both versions was compared yet"
      : `needs about ${requestWords(samplesNeeded)}`;
  const bunches =
    bunchSize < 1.5 ? "" : `; they ${bunchWords[check]} in bunches of about ${rounded(bunchSize)}`;
  return `${checkNames[check]}: not enough evidence, ${needs}${bunches}`;
}

/** `900 more requests of the canary`. */
export function requestWords(count: number): string {
  return `${count} more ${count === 1 ? "request" : "requests"} of the canary`;
}

/** `error budget: 20 % of the canary's last 829 requests (32 s) failed, 5 % is 5 times what the objective allows`. */
export function guardWords({ guard, observed = 0, requests, limit, above }: GuardVerdict): string {
  const seen =
    above === undefined || above.requests === requests
      ? `${shareAbove(observed, limit)} of the canary's ${requests} requests`
      : `${shareAbove(above.hits / above.requests, limit)} of the canary's last ${above.requests} requests (${spanWords(above.ms)})`;
  return guard.kind === "errorBudget"
    ? `error budget: ${seen} failed, ${percent(limit)} is ${guard.burnRate} times what the objective allows`
    : `latency limit: ${seen} took longer than ${guard.limitMs} ms, ${percent(limit)} may`;
}

export function splitWords({ observed = 0, assigned = 0 }: SampleRatioVerdict): string {
  return `the canary got ${percent(observed)} of the requests, ${percent(assigned)} were assigned to it`;
}

export function stepWords(step: Step): string {
  if ("mirror" in step) return `mirroring ${step.mirror} %`;
  return "match" in step ? "chosen requests" : `${step.weight} %`;
}

/** `250 ms`, `90 s`, `5 min`, `3 h`. */
export function spanWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

export function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

function shareWords({ requests, hits }: Arm): string {
  return requests === 0 ? "none" : percentOf(hits / requests, 3);
}

/** With as many digits as tell it from the limit that it is above. */
export function shareAbove(share: number, limit: number): string {
  const digits = [3, 4, 5, 6].find((count) => percentOf(share, count) !== percentOf(limit, count));
  return percentOf(share, digits ?? 7);
}

function percentOf(share: number, digits: number): string {
  return `${Number((share * 100).toPrecision(digits))} %`;
}

function points(difference: number): string {
  return `${rounded(difference * 100)} points`;
}

function signed(difference: number): string {
  const value = rounded(difference * 100);
  return difference > 0 ? `+${value}` : value;
}

/** Two digits that count, without an exponent. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}
