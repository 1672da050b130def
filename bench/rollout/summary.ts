import { quantile } from "../shared/quantile.ts";
import type { CanaryRun } from "./run-canary.ts";
import type { Scenario } from "./scenario.ts";

/** What came of all runs of a scenario. Shares from 0 to 1, times in seconds since the harm began. */
export interface Summary {
  readonly runs: number;
  readonly takenBack: number;
  readonly stopped: number;
  readonly succeeded: number;
  /** Of those taken back; undefined where there were none. A run that was not counts as later than all. */
  readonly medianS: number | undefined;
  readonly p95S: number | undefined;
  /** Median time to success. */
  readonly successS: number | undefined;
  readonly flagger: { readonly takenBack: number; readonly medianS: number | undefined } | undefined;
}

export function summarize({ harmMs = 0, beside }: Scenario, runs: readonly CanaryRun[]): Summary {
  const share = (end: CanaryRun["end"]) => runs.filter((run) => run.end === end).length / runs.length;
  const seconds = runs.map(({ end, endMs }) => (end === "rolledBack" ? (endMs - harmMs) / 1_000 : Infinity));
  const success = runs.map(({ end, endMs }) => (end === "succeeded" ? endMs / 1_000 : Infinity));
  const theirs = runs.map(({ flaggerMs = Infinity }) => (flaggerMs - harmMs) / 1_000);
  return {
    runs: runs.length,
    ...{ takenBack: share("rolledBack"), stopped: share("paused"), succeeded: share("succeeded") },
    ...{ medianS: finite(quantile(seconds, 0.5)), p95S: finite(quantile(seconds, 0.95)) },
    successS: finite(quantile(success, 0.5)),
    flagger: beside
      ? {
          takenBack: theirs.filter(Number.isFinite).length / runs.length,
          medianS: finite(quantile(theirs, 0.5)),
        }
      : undefined,
  };
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
