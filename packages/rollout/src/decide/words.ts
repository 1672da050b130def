import type { Compared, GuardVerdict } from "../analysis/evidence.ts";
import type { SampleRatioVerdict } from "../analysis/sample-ratio.ts";
import type { Step } from "../plan/step.ts";

const checkNames = { successRate: "success rate", latency: "latency" } as const;
const bunchWords = { successRate: "fail", latency: "are slow" } as const;
const hitWords = { successRate: "failed", latency: "were slow" } as const;

/** `success rate: 2.1 % of the canary's requests failed, 1 % of the baseline's: at least 0.4 points more`. */
export function harmWords({ check, all, interval, slowMs }: Compared): string {
  const [canary, baseline] = [all.canary, all.baseline].map(({ requests, hits }) => percent(hits / requests));
  const than = slowMs === undefined ? "" : ` (over ${rounded(slowMs)} ms)`;
  return (
    `${checkNames[check]}: ${canary} of the canary's requests ${hitWords[check]}${than}, ` +
    `${baseline} of the baseline's: at least ${points(interval.low)} more`
  );
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

export function guardWords({ guard, observed = 0, requests, limit }: GuardVerdict): string {
  const seen = `${percent(observed)} of the canary's ${requests} requests`;
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
