import type { PolicyKind, SparseHistogram } from "@weir/domain";

/** How a policy decided about requests: of so many it judged, so many went (or would go) another way than in observe. */
export interface Acts {
  readonly evaluated: number;
  readonly acts: number;
}

export interface VerdictActs extends Acts {
  readonly verdict: string;
}

export interface Caller {
  readonly namespace: string;
  readonly service: string;
}

export interface CallerActs extends Caller, Acts {
  readonly verdicts: readonly VerdictActs[];
  /**
   * Of the service, in the same time, as the map counts them: a `deny` says something only of those that it matches. Absent where
   * nobody counted them.
   */
  readonly requests?: number | undefined;
}

/** What one policy is going to do, told by what it would have done. */
export interface PolicyPrediction extends Acts {
  readonly namespace: string;
  readonly name: string;
  readonly kind: PolicyKind;
  /** The service it is about, in its own namespace. */
  readonly targetRef: string;
  /** The revision that is watched: what others decide says nothing about it. */
  readonly revision: number;
  readonly verdicts: readonly VerdictActs[];
  /** Of the service, by all callers in the same time; absent in what was predicted before there was this. */
  readonly requests?: number | undefined;
  /** Of whose requests it said something, the most frequent first. */
  readonly callers: readonly CallerActs[];
  /**
   * Who called the service in the day before, and of whose requests this revision has judged none: an hourly job, or whoever
   * has been silent since it was saved. Only of kinds that may refuse a caller; absent in what was predicted before there was this.
   */
  readonly unheard?: readonly Caller[] | undefined;
  /**
   * Of an `allow` beside one in force: it lets more in, and refuses nobody more. Where its name sorts first, refusals that the
   * other spoke are its own from the switch on. Absent of all others, and in what was predicted before there was this.
   */
  readonly onlyOpens?: true | undefined;
}

/** Golden signals of one service: failures are answers of class 5, none, and gRPC statuses other than OK; durations in seconds. */
export interface ServiceSignals {
  readonly namespace: string;
  readonly service: string;
  readonly requests: number;
  readonly failures: number;
  readonly durations: SparseHistogram;
}

/** What is known before policies begin to act: frozen with the switch, and what actual requests are held against. */
export interface Prediction {
  readonly fromMs: number;
  readonly toMs: number;
  /** Those that go from observe to enforce. */
  readonly policies: readonly PolicyPrediction[];
  /** The services that these policies are about. */
  readonly services: readonly ServiceSignals[];
}

/** Of fewer requests than these nothing is known: one that was let through says nothing of the next. */
export const fewestRequests = 20;

/** All of them, each once: those that were judged, and those that it said nothing of. */
export function requestsOf({ evaluated, requests = 0 }: Pick<CallerActs, "evaluated" | "requests">): number {
  return Math.max(evaluated, requests);
}

/** Whether a verdict has the caller go without its answer, as against sending requests elsewhere or changing them. */
export function isDenial(verdict: string): boolean {
  return verdict.split(", ").some((part) => /^(deny|limit|abort|timeout|overflow=(?!retries))/.test(part));
}

/** Whether its requests end as what golden signals count as failures: 403 and 429 are answers of class 4. */
export function isFailure(verdict: string): boolean {
  return verdict.split(", ").some((part) => /^(timeout|abort=5|overflow=(?!retries))/.test(part));
}

/** Of what was judged, requests that go (or would go) without their answer. */
export function denialsOf({ verdicts }: { readonly verdicts: readonly VerdictActs[] }): number {
  return verdicts.reduce((sum, { verdict, acts }) => sum + (isDenial(verdict) ? acts : 0), 0);
}
