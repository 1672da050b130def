import { bucketIndex, quantile } from "@weir/domain";
import type { Arm } from "../analysis/arm.ts";
import { countAbove } from "../analysis/slow-threshold.ts";
import type { GuardBudget } from "./guard-budget.ts";
import {
  type Caller,
  fewestRequests,
  isFailure,
  type PolicyPrediction,
  type Prediction,
  requestsOf,
  type ServiceSignals,
} from "./prediction.ts";
import { upperBound } from "./share-bound.ts";

interface Limited {
  /** What was predicted, or was before. */
  readonly predicted: Arm;
  /** Share of requests that may hit, 0 to 1 exclusive: what was predicted at most, and the budget. */
  readonly limit: number;
}

/** One question that is asked all the while: is the share of requests that hit above the limit? */
export type GuardTest = Limited &
  (
    | {
        readonly kind: "acts";
        /** Index into the prediction's policies. */
        readonly policy: number;
        /** Whose requests; undefined: everybody's. */
        readonly callers: readonly Caller[] | undefined;
      }
    | { readonly kind: "failures" /** Index into the prediction's services. */; readonly service: number }
    | {
        readonly kind: "slow";
        readonly service: number /** Requests in buckets above it are slow. */;
        readonly bucket: number;
      }
  );

type Asked = GuardTest extends infer T
  ? T extends GuardTest
    ? Omit<T, "limit"> & { readonly more: number }
    : never
  : never;

/** Of callers beyond these, the least frequent ones, one question is asked of all. */
const mostCallers = 50;

/**
 * What is asked of an enforcement, always in the same order. Of the level, one half is for predictions that were too low by
 * chance, the other for what is seen after; each half is shared out evenly over the tests (Bonferroni). A test whose limit
 * would be everything is left out: of it nothing is known.
 */
export function guardTests({ policies, services }: Prediction, budget: GuardBudget): GuardTest[] {
  const asked: Asked[] = [
    ...policies.flatMap((policy, at) => actsOf(policy, at, budget)),
    ...services.flatMap((service, at) => signalsOf(service, at, policies, budget)),
  ];
  const level = budget.level / 2 / Math.max(1, asked.length);
  return asked
    .map(({ more, ...test }) => ({ ...test, limit: limitOf(test, more, level) }) as GuardTest)
    .filter(({ limit }) => limit < 1);
}

/** The level of each of so many tests. */
export function levelOfEach({ level }: GuardBudget, tests: number): number {
  return level / 2 / Math.max(1, tests);
}

function limitOf(test: Pick<GuardTest, "kind" | "predicted">, more: number, level: number): number {
  // Whoever let a policy act that nothing had passed agreed to no denial: there the budget is all there is.
  if (test.kind === "acts" && test.predicted.requests === 0) return more;
  const bound = upperBound(test.predicted, level);
  return test.kind === "slow" ? Math.max(more, bound) : bound + more;
}

/**
 * New callers are nobody's prediction: a policy that refuses strangers does what it is for, so they are not held against it.
 * Nor are refusals that another policy spoke before.
 */
function actsOf(
  { evaluated, callers, unheard, onlyOpens }: PolicyPrediction,
  policy: number,
  { acts: more }: GuardBudget,
): Asked[] {
  const ask = (some: PolicyPrediction["callers"] | undefined): Asked => ({
    ...{
      kind: "acts",
      policy,
      callers: some?.map(({ namespace, service }) => ({ namespace, service })),
      more,
    },
    predicted: knownOf(some ?? [], unheard !== undefined),
  });
  if (onlyOpens) return [];
  if (evaluated === 0) return [ask(undefined)];
  const askEach = (some: PolicyPrediction["callers"]): Asked[] => {
    const rest = some.slice(mostCallers);
    return [
      ...some.slice(0, mostCallers).map((caller) => ask([caller])),
      ...(rest.length > 0 ? [ask(rest)] : []),
    ];
  };
  return [...askEach(callers), ...askEach((unheard ?? []).map((caller) => ({ ...caller, ...nothing })))];
}

const nothing = { evaluated: 0, acts: 0, verdicts: [] };

/**
 * What was known of some callers. A few requests that were let through are nothing that somebody agreed to more by.
 * @param strict false for what was predicted before this was so: a watch keeps the questions that it began with.
 */
function knownOf(callers: PolicyPrediction["callers"], strict: boolean): Arm {
  const judged = callers.reduce((sum, { evaluated }) => sum + evaluated, 0);
  const requests = callers.reduce((sum, caller) => sum + requestsOf(caller), 0);
  const hits = callers.reduce((sum, { acts }) => sum + acts, 0);
  return strict && hits === 0 && judged < fewestRequests ? { requests: 0, hits: 0 } : { requests, hits };
}

function signalsOf(
  { namespace, service, requests, failures, durations }: ServiceSignals,
  at: number,
  policies: readonly PolicyPrediction[],
  budget: GuardBudget,
): Asked[] {
  const p99 = quantile(durations, 0.99);
  if (requests === 0 || p99 === undefined) return [];
  const expected = policies
    .filter((policy) => policy.namespace === namespace && policy.targetRef === service)
    .flatMap(({ verdicts }) => verdicts)
    .reduce((sum, { verdict, acts }) => sum + (isFailure(verdict) ? acts : 0), 0);
  const slowest = Math.max(p99 * (1 + budget.p99Rise), p99 + budget.p99RiseMs / 1_000);
  const bucket = bucketIndex(slowest);
  return [
    {
      ...{ kind: "failures", service: at, more: budget.failures },
      predicted: { requests, hits: Math.min(requests, failures + expected) },
    },
    {
      kind: "slow",
      service: at,
      bucket,
      more: 0.01,
      predicted: { requests, hits: countAbove(durations, bucket) },
    },
  ];
}
