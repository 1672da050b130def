import { emptyHistogram, type Mode, mergeHistograms } from "@weir/domain";
import type { Arm } from "../analysis/arm.ts";
import { freshLimitTest, type LimitTest, observeArm } from "../analysis/limit-test.ts";
import { countAbove } from "../analysis/slow-threshold.ts";
import type { GuardBudget } from "./guard-budget.ts";
import { type GuardTest, guardTests, levelOfEach } from "./guard-test.ts";
import {
  type Acts,
  type Caller,
  type CallerActs,
  type PolicyPrediction,
  type Prediction,
  requestsOf,
  type ServiceSignals,
  type VerdictActs,
} from "./prediction.ts";

/** What is predicted and what may differ from it: fixed with the switch. */
export interface EnforcementWatch {
  readonly prediction: Prediction;
  readonly budget: GuardBudget;
}

/** What one policy decided about one caller's requests, as its sidecars counted it. */
export interface DecisionCount {
  readonly namespace: string;
  readonly policy: string;
  readonly revision: number;
  readonly mode: Mode;
  readonly verdict: string;
  readonly source: { readonly namespace: string; readonly service: string };
  readonly evaluated: number;
  readonly acted: number;
}

/** How often one caller asked a service, whatever was decided about it. */
export interface AskedCount {
  readonly source: Caller;
  readonly destination: Caller;
  readonly requests: number;
}

/** A stretch of time, made once its telemetry has come: time of which nothing was heard is no tick. */
export interface EnforcementTick {
  readonly fromMs: number;
  readonly toMs: number;
  /** The mesh was on hold: no policy acted, so nothing is learnt of any. */
  readonly held: boolean;
  readonly decisions: readonly DecisionCount[];
  /** At least of the services of policies that were predicted by all requests. */
  readonly asked: readonly AskedCount[];
  readonly services: readonly ServiceSignals[];
}

/** What a policy did since it began to act. */
export interface PolicyActs extends Acts {
  /** Of its service by all callers, as with the prediction. */
  readonly requests?: number | undefined;
  readonly verdicts: readonly VerdictActs[];
  readonly callers: readonly CallerActs[];
}

/**
 * All that is known since the switch. Plain data: kept with the watch it goes on after a restart, and a tick that was taken in
 * before is not counted again.
 */
export interface WatchProgress {
  /** End of the last tick taken in, in milliseconds since 1970; undefined before the first. */
  readonly toMs: number | undefined;
  /** Time of ticks in which policies could act and there were requests, in milliseconds. */
  readonly watchedMs: number;
  readonly held: boolean;
  /** In the order of the prediction's. */
  readonly policies: readonly PolicyActs[];
  readonly services: readonly ServiceSignals[];
  /** In the order of `guardTests`. */
  readonly tests: readonly LimitTest[];
  /** Time since the switch, added in small pieces between two looks; see `elapseWatch`. */
  readonly ranMs: number;
  readonly seenMs: number;
}

export function startWatch(watch: EnforcementWatch, nowMs: number): WatchProgress {
  const { policies, services } = watch.prediction;
  return {
    ...{ toMs: undefined, watchedMs: 0, held: false, ranMs: 0, seenMs: nowMs },
    policies: policies.map(() => ({ evaluated: 0, acts: 0, verdicts: [], callers: [] })),
    services: services.map((service) => ({
      ...service,
      requests: 0,
      failures: 0,
      durations: emptyHistogram,
    })),
    tests: guardTests(watch.prediction, watch.budget).map(() => freshLimitTest),
  };
}

/** A clock that jumps ahead, or a controller that was away, makes no watch older than it is; one that jumps back adds nothing. */
export function elapseWatch(
  progress: WatchProgress,
  { budget }: EnforcementWatch,
  nowMs: number,
): WatchProgress {
  const passedMs = Math.min(budget.staleAfterMs, Math.max(0, nowMs - progress.seenMs));
  return { ...progress, ranMs: progress.ranMs + passedMs, seenMs: nowMs };
}

/** Takes in the next tick; one that is not after the last is passed over. */
export function observeEnforcement(
  progress: WatchProgress,
  tick: EnforcementTick,
  { prediction, budget }: EnforcementWatch,
): WatchProgress {
  const { fromMs, toMs, held } = tick;
  if (progress.toMs !== undefined && fromMs < progress.toMs) return progress;
  if (held) return { ...progress, toMs, held };
  const ms = Math.max(0, toMs - fromMs);
  const acts = prediction.policies.map((policy) => actsIn(policy, tick));
  const services = prediction.services.map((service) => signalsIn(service, tick.services));
  const tests = guardTests(prediction, budget);
  const settings = { level: levelOfEach(budget, tests.length), horizonMs: budget.forMs };
  return {
    ...progress,
    ...{ toMs, held, watchedMs: progress.watchedMs + (isIdle(acts, services) ? 0 : ms) },
    policies: progress.policies.map((policy, at) => addActs(policy, acts[at]!)),
    services: progress.services.map((service, at) => addSignals(service, services[at]!)),
    tests: progress.tests.map((test, at) => {
      const asked = tests[at]!;
      return observeArm(test, armOf(asked, acts, services), asked.limit, ms, settings);
    }),
  };
}

/** Nobody asked for anything, or nothing was heard of it. */
function isIdle(acts: readonly PolicyActs[], services: readonly ServiceSignals[]): boolean {
  return acts.every(({ evaluated }) => evaluated === 0) && services.every(({ requests }) => requests === 0);
}

function armOf(test: GuardTest, acts: readonly PolicyActs[], services: readonly ServiceSignals[]): Arm {
  if (test.kind === "acts") {
    const { callers, ...all } = acts[test.policy]!;
    if (test.callers === undefined) return { requests: requestsOf(all), hits: all.acts };
    const meant = new Set(test.callers.map(nameOf));
    const own = callers.filter((caller) => meant.has(nameOf(caller)));
    return {
      requests: own.reduce((sum, caller) => sum + requestsOf(caller), 0),
      hits: own.reduce((sum, caller) => sum + caller.acts, 0),
    };
  }
  const { requests, failures, durations } = services[test.service]!;
  if (test.kind === "failures") return { requests, hits: Math.min(requests, failures) };
  return { requests, hits: Math.min(requests, countAbove(durations, test.bucket)) };
}

/**
 * Decisions of another revision, and those that only observed, are not about what is watched. What was predicted by all requests
 * is held against all of them: those that the policy says nothing of, too.
 */
function actsIn(
  { namespace, name, revision, targetRef, requests }: PolicyPrediction,
  { decisions, asked }: EnforcementTick,
): PolicyActs {
  const own = decisions.filter(
    (row) =>
      row.policy === name &&
      row.namespace === namespace &&
      row.revision === revision &&
      row.mode === "enforce",
  );
  const known =
    requests === undefined
      ? []
      : asked.filter((row) => nameOf(row.destination) === nameOf({ namespace, service: targetRef }));
  const silent = known
    .filter((row) => row.requests > 0)
    .map((row) => ({ ...row.source, ...nothing, requests: row.requests }));
  const none: PolicyActs = {
    ...{ ...nothing, callers: silent },
    ...(requests !== undefined && { requests: known.reduce((sum, row) => sum + row.requests, 0) }),
  };
  return own.reduce<PolicyActs>((sum, { verdict, source, evaluated, acted: acts }) => {
    const verdicts = [{ verdict, evaluated, acts }];
    return addActs(sum, { evaluated, acts, verdicts, callers: [{ ...source, evaluated, acts, verdicts }] });
  }, none);
}

const nothing = { evaluated: 0, acts: 0, verdicts: [] };

function addActs(a: PolicyActs, b: PolicyActs): PolicyActs {
  return {
    evaluated: a.evaluated + b.evaluated,
    acts: a.acts + b.acts,
    ...addedRequests(a, b),
    verdicts: addVerdicts(a.verdicts, b.verdicts),
    callers: [...Map.groupBy([...a.callers, ...b.callers], nameOf).values()].map((same) =>
      same.reduce(addCallers),
    ),
  };
}

function addCallers(a: CallerActs, b: CallerActs): CallerActs {
  return {
    ...{ namespace: a.namespace, service: a.service },
    ...{ evaluated: a.evaluated + b.evaluated, acts: a.acts + b.acts },
    ...addedRequests(a, b),
    verdicts: addVerdicts(a.verdicts, b.verdicts),
  };
}

/** Where neither knows, nobody does. */
function addedRequests(
  a: Pick<CallerActs, "requests">,
  b: Pick<CallerActs, "requests">,
): Pick<CallerActs, "requests"> {
  if (a.requests === undefined && b.requests === undefined) return {};
  return { requests: (a.requests ?? 0) + (b.requests ?? 0) };
}

function addVerdicts(a: readonly VerdictActs[], b: readonly VerdictActs[]): VerdictActs[] {
  return [...Map.groupBy([...a, ...b], ({ verdict }) => verdict).values()].map((same) =>
    same.reduce((sum, { verdict, evaluated, acts }) => ({
      verdict,
      evaluated: sum.evaluated + evaluated,
      acts: sum.acts + acts,
    })),
  );
}

function signalsIn(
  { namespace, service }: ServiceSignals,
  services: readonly ServiceSignals[],
): ServiceSignals {
  const found = services.find((other) => other.service === service && other.namespace === namespace);
  return found ?? { namespace, service, requests: 0, failures: 0, durations: emptyHistogram };
}

function addSignals(a: ServiceSignals, b: ServiceSignals): ServiceSignals {
  return {
    ...a,
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    durations: mergeHistograms([a.durations, b.durations]),
  };
}

function nameOf({ namespace, service }: { readonly namespace: string; readonly service: string }): string {
  return `${namespace}/${service}`;
}
