import { quantile } from "@weir/domain";
import {
  type Arm,
  type Caller,
  type GuardCheck,
  guardChecks,
  type PolicyPrediction,
  type Prediction,
  requestsOf,
} from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import type { SeriesPoint } from "../telemetry/answers.ts";
import { type ArrivedSlot, arrivedSignals } from "../telemetry/arrived-signals.ts";
import { type DecisionsOfStep, decisionsOverTime } from "../telemetry/decisions-over-time.ts";
import { newestSlotEnd } from "../telemetry/newest-slot-end.ts";
import { type CallerRequests, requestsByCaller } from "../telemetry/requests-by-caller.ts";
import { signalsBetween } from "../telemetry/signals.ts";
import { type CourseWindow, courseWindow, endOfWatch } from "./course-window.ts";
import type { StoredEnforcement } from "./enforcement-store.ts";

/** Of more, those that are nearest to their limit are drawn. */
const mostCharts = 6;

/** What a policy did to some callers' requests over time. */
export interface ActsCourse {
  readonly namespace: string;
  readonly policy: string;
  /** Absent: everybody's. */
  readonly callers?: readonly Caller[] | undefined;
  /** Shares; absent: nothing was predicted, or nobody watches. */
  readonly predicted?: number | undefined;
  readonly limit?: number | undefined;
  /**
   * Interval by interval; of what was asked while it observed, `wouldAct`, and while it was enforced, `acted`. Of a policy that judges
   * every request that is what it judged; of others, as they were predicted by it, all requests of these callers.
   */
  readonly steps: readonly ActsStep[];
}

export interface ActsStep {
  readonly observed: number;
  readonly wouldAct: number;
  readonly enforced: number;
  readonly acted: number;
}

/** Golden signals of a service over time. Times in seconds. */
export interface SignalsCourse {
  readonly namespace: string;
  readonly service: string;
  readonly failures: { readonly before?: number | undefined; readonly limit?: number | undefined };
  readonly p99: { readonly before?: number | undefined; readonly limit?: number | undefined };
  readonly steps: readonly {
    readonly rps?: number | undefined;
    readonly failed?: number | undefined;
    readonly p99?: number | undefined;
  }[];
}

/** What an enforcement's policies did and how the services fared over time, before the switch and since. */
export interface EnforcementCourse extends CourseWindow {
  readonly switchedAtMs: number;
  readonly endedAtMs?: number | undefined;
  /** End of the newest slot that anything is known of; absent while nothing is. */
  readonly heardUntilMs?: number | undefined;
  readonly acts: readonly ActsCourse[];
  readonly services: readonly SignalsCourse[];
  /** Policies and callers, and services, that are left out. */
  readonly more: { readonly acts: number; readonly services: number };
}

/** By what is kept of it at present. */
export async function enforcementCourse(
  sql: Sql,
  stored: StoredEnforcement,
  nowMs: number,
): Promise<EnforcementCourse> {
  const { prediction, createdAt } = stored;
  const endedMs = endOfWatch(stored, nowMs);
  const switchedMs = createdAt.getTime();
  const window = courseWindow({ ...{ predicted: prediction, switchedMs, endedMs, nowMs } });
  const checks = checksOf(stored);
  const acts = byGravity(checks.filter(({ kind }) => kind === "acts"));
  const services = byGravity(checks.filter(({ kind }) => kind === "failures"));
  const drawn = acts.slice(0, mostCharts);
  const silent = drawn.flatMap((check) => targetOfSilent(check, prediction) ?? []);
  const steps = { window, stepMs: window.stepMs, count: window.steps };
  const [{ decisions, keptFromMs }, asked, heardUntilMs, signals] = await Promise.all([
    decisionsOverTime(sql, drawn, window),
    requestsByCaller(sql, silent, steps),
    newestSlotEnd(sql),
    Promise.all(
      services.slice(0, mostCharts).map(async (check) => {
        const place = { namespace: check.namespace, service: check.name };
        const [{ slots }, [judged]] = await Promise.all([
          signalsBetween(sql, { destination: place }, window, window.steps),
          arrivedSignals(sql, [place], window, window.stepMs),
        ]);
        const failed = (step: number) => failedShare(judged?.slots[step]);
        return signalsCourse(check, checks, prediction, { slots, failed });
      }),
    ),
  ]);
  return {
    ...window,
    ...{ switchedAtMs: switchedMs, endedAtMs: endedMs, heardUntilMs, services: signals },
    acts: drawn.map((check) => {
      const target = targetOfSilent(check, prediction);
      const known = target && asked.filter(({ destination }) => nameOf(destination) === nameOf(target));
      const isKept = (step: number) => window.fromMs + step * window.stepMs >= keptFromMs;
      const own = decisions.filter((row) => row.policy === check.name && row.namespace === check.namespace);
      const modeAt = modeOf(own, { phase: stored.phase, switchedMs, endedMs }, window);
      return actsCourse(check, own, { asked: known, isKept, modeAt, steps: window.steps });
    }),
    more: { acts: acts.length - drawn.length, services: services.length - signals.length },
  };
}

/**
 * What a policy did in an interval in which it said nothing: what it did when it last judged a request, of what came since the last
 * change that is known. Whoever ended a watch may have set the policy to anything.
 */
function modeOf(
  decisions: readonly DecisionsOfStep[],
  { phase, switchedMs, endedMs }: Pick<StoredEnforcement, "phase"> & Switched,
  { fromMs, stepMs }: CourseWindow,
): (step: number) => "observe" | "enforce" | undefined {
  const startOf = (step: number) => fromMs + step * stepMs;
  return (step) => {
    const isOver = endedMs !== undefined && startOf(step) >= endedMs;
    if (startOf(step) < switchedMs || (phase === "takenBack" && isOver)) return "observe";
    const isOpen = phase === "ended" && isOver;
    const sinceMs = isOpen ? endedMs : switchedMs;
    const judged = decisions.filter((row) => row.step < step && startOf(row.step) >= sinceMs);
    const last = judged.filter((row) => row.step === judged.at(-1)?.step);
    const enforced = last.reduce(
      (sum, { mode, evaluated }) => sum + (mode === "enforce" ? evaluated : -evaluated),
      0,
    );
    if (last.length > 0) return enforced >= 0 ? "enforce" : "observe";
    return isOpen ? undefined : "enforce";
  };
}

interface Switched {
  readonly switchedMs: number;
  readonly endedMs: number | undefined;
}

/** Of a policy that says nothing of some requests: whose requests they are shares of. */
function targetOfSilent({ namespace, name }: Asked, { policies }: Prediction): Caller | undefined {
  const policy = policies.find((one) => one.namespace === namespace && one.name === name);
  return policy?.requests === undefined ? undefined : { namespace, service: policy.targetRef };
}

type Asked = Pick<GuardCheck, "kind" | "namespace" | "name" | "callers" | "slowMs" | "predicted"> &
  Partial<Pick<GuardCheck, "limit" | "seen" | "tripped">>;

/**
 * What the guard asks; then what it does not ask: of callers whose every request may be acted on, of services nothing was known of,
 * and without a guard of each policy as a whole.
 */
function checksOf({ prediction, budget, progress }: StoredEnforcement): Asked[] {
  const guarded: readonly Asked[] = budget && progress ? guardChecks({ prediction, budget }, progress) : [];
  return [
    ...guarded,
    ...prediction.policies.flatMap((policy) => unaskedActs(policy, guarded)),
    ...prediction.services.flatMap(({ namespace, service: name, ...arm }) =>
      askedOf(guarded, "failures", { namespace, name }).length > 0
        ? []
        : [unasked("failures", { namespace, name }, { requests: arm.requests, hits: arm.failures })],
    ),
  ];
}

function unaskedActs(policy: PolicyPrediction, guarded: readonly Asked[]): Asked[] {
  const asked = askedOf(guarded, "acts", policy);
  if (asked.length === 0)
    return [unasked("acts", policy, { requests: requestsOf(policy), hits: policy.acts })];
  if (asked.some(({ callers }) => callers === undefined)) return [];
  const known = new Set(asked.flatMap(({ callers = [] }) => callers.map(nameOf)));
  return policy.callers
    .filter((caller) => !known.has(nameOf(caller)))
    .map((caller) => ({
      ...unasked("acts", policy, { requests: requestsOf(caller), hits: caller.acts }),
      callers: [{ namespace: caller.namespace, service: caller.service }],
    }));
}

interface Head {
  readonly namespace: string;
  readonly name: string;
}

function askedOf(checks: readonly Asked[], kind: Asked["kind"], { namespace, name }: Head): Asked[] {
  return checks.filter(
    (check) => check.kind === kind && check.namespace === namespace && check.name === name,
  );
}

function unasked(kind: Asked["kind"], { namespace, name }: Head, { requests, hits }: Arm): Asked {
  return {
    ...{ kind, namespace, name, callers: undefined, slowMs: undefined },
    predicted: requests > 0 ? hits / requests : undefined,
  };
}

/** Those that tripped first, then those that are nearest to their limit. */
function byGravity(checks: readonly Asked[]): Asked[] {
  const nearness = ({ seen, limit }: Asked) =>
    seen === undefined || limit === undefined || seen.requests === 0 ? 0 : seen.hits / seen.requests / limit;
  return checks.toSorted(
    (a, b) => Number(b.tripped ?? false) - Number(a.tripped ?? false) || nearness(b) - nearness(a),
  );
}

function actsCourse(
  { namespace, name: policy, callers, predicted, limit }: Asked,
  decisions: readonly DecisionsOfStep[],
  { asked, isKept, modeAt, steps }: Course,
): ActsCourse {
  const meant = callers && new Set(callers.map(nameOf));
  const own = decisions.filter(({ source }) => meant?.has(nameOf(source)) ?? true);
  const byStep = Map.groupBy(own, ({ step }) => step);
  const sum = (rows: readonly DecisionsOfStep[], of: "evaluated" | "wouldAct" | "acted") =>
    rows.reduce((total, row) => total + row[of], 0);
  return {
    ...{ namespace, policy, callers, predicted, limit },
    steps: Array.from({ length: steps }, (_, step) => {
      if (asked && !isKept(step)) return nothingKnown;
      const all = (asked ?? [])
        .filter(({ source }) => meant?.has(nameOf(source)) ?? true)
        .reduce((total, { requests }) => total + (requests[step] ?? 0), 0);
      const rows = byStep.get(step) ?? [];
      const enforced = rows.filter(({ mode }) => mode === "enforce");
      const observed = rows.filter(({ mode }) => mode !== "enforce");
      const judged = { observed: sum(observed, "evaluated"), enforced: sum(enforced, "evaluated") };
      return {
        ...withUnjudged(judged, all, modeAt(step)),
        ...{ wouldAct: sum(observed, "wouldAct"), acted: sum(enforced, "acted") },
      };
    }),
  };
}

interface Course {
  /** By callers of the service; undefined where the policy judges every request. */
  readonly asked: readonly CallerRequests[] | undefined;
  /** Whether all that it said in an interval is kept: if not, nobody knows of how many requests it said nothing. */
  readonly isKept: (step: number) => boolean;
  /** What it did in an interval, where it said nothing; undefined: nobody knows. */
  readonly modeAt: (step: number) => "observe" | "enforce" | undefined;
  readonly steps: number;
}

const nothingKnown: ActsStep = { observed: 0, wouldAct: 0, enforced: 0, acted: 0 };

/** Of all requests those that were not judged go with those that were, or with what it did at that time; where nobody knows that, with none. */
function withUnjudged(
  { observed, enforced }: Pick<ActsStep, "observed" | "enforced">,
  all: number,
  mode: "observe" | "enforce" | undefined,
): Pick<ActsStep, "observed" | "enforced"> {
  const judged = observed + enforced;
  if (all <= judged || (judged === 0 && mode === undefined)) return { observed, enforced };
  const share = judged > 0 ? observed / judged : Number(mode === "observe");
  const unjudged = all - judged;
  return { observed: observed + unjudged * share, enforced: enforced + unjudged * (1 - share) };
}

function signalsCourse(
  { namespace, name: service, predicted, limit }: Asked,
  checks: readonly Asked[],
  { services }: Prediction,
  { slots, failed }: { readonly slots: readonly SeriesPoint[]; failed(step: number): number | undefined },
): SignalsCourse {
  const before = services.find((one) => one.namespace === namespace && one.service === service);
  const [slow] = askedOf(checks, "slow", { namespace, name: service });
  return {
    ...{ namespace, service, failures: { before: predicted, limit } },
    p99: {
      before: before && quantile(before.durations, 0.99),
      limit: slow?.slowMs === undefined ? undefined : slow.slowMs / 1_000,
    },
    steps: slots.map(({ requests, seconds, p99 }, step) => ({
      rps: seconds > 0 ? requests / seconds : undefined,
      failed: failed(step),
      p99,
    })),
  };
}

/** As the guard counts it: answers with a gRPC status other than OK are failures, too. */
function failedShare(slot: Pick<ArrivedSlot, "requests" | "failures"> | undefined): number | undefined {
  return slot && slot.requests > 0 ? slot.failures / slot.requests : undefined;
}

function nameOf({ namespace, service }: Caller): string {
  return `${namespace}/${service}`;
}
