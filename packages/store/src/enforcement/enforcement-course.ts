import { quantile } from "@weir/domain";
import {
  type Arm,
  type Caller,
  type GuardCheck,
  guardChecks,
  type PolicyPrediction,
  type Prediction,
} from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import type { SeriesPoint } from "../telemetry/answers.ts";
import { type DecisionsOfStep, decisionsOverTime } from "../telemetry/decisions-over-time.ts";
import { newestSlotEnd } from "../telemetry/newest-slot-end.ts";
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
  /** Interval by interval; of what was judged while it observed, `wouldAct`, and while it was enforced, `acted`. */
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
  const [decisions, heardUntilMs, signals] = await Promise.all([
    decisionsOverTime(sql, drawn, window),
    newestSlotEnd(sql),
    Promise.all(
      services.slice(0, mostCharts).map(async (check) => {
        const place = { namespace: check.namespace, service: check.name };
        const { slots } = await signalsBetween(sql, { destination: place }, window, window.steps);
        return signalsCourse(check, checks, prediction, slots);
      }),
    ),
  ]);
  return {
    ...window,
    ...{ switchedAtMs: switchedMs, endedAtMs: endedMs, heardUntilMs, services: signals },
    acts: drawn.map((check) => actsCourse(check, decisions, window.steps)),
    more: { acts: acts.length - drawn.length, services: services.length - signals.length },
  };
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
  if (asked.length === 0) return [unasked("acts", policy, { requests: policy.evaluated, hits: policy.acts })];
  if (asked.some(({ callers }) => callers === undefined)) return [];
  const known = new Set(asked.flatMap(({ callers = [] }) => callers.map(nameOf)));
  return policy.callers
    .filter((caller) => !known.has(nameOf(caller)))
    .map(({ namespace, service, evaluated, acts }) => ({
      ...unasked("acts", policy, { requests: evaluated, hits: acts }),
      callers: [{ namespace, service }],
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
  steps: number,
): ActsCourse {
  const meant = callers && new Set(callers.map(nameOf));
  const own = decisions.filter(
    (row) => row.policy === policy && row.namespace === namespace && (meant?.has(nameOf(row.source)) ?? true),
  );
  const byStep = Map.groupBy(own, ({ step }) => step);
  const sum = (rows: readonly DecisionsOfStep[], of: "evaluated" | "wouldAct" | "acted") =>
    rows.reduce((total, row) => total + row[of], 0);
  return {
    ...{ namespace, policy, callers, predicted, limit },
    steps: Array.from({ length: steps }, (_, step) => {
      const rows = byStep.get(step) ?? [];
      const enforced = rows.filter(({ mode }) => mode === "enforce");
      const observed = rows.filter(({ mode }) => mode !== "enforce");
      return {
        ...{ observed: sum(observed, "evaluated"), wouldAct: sum(observed, "wouldAct") },
        ...{ enforced: sum(enforced, "evaluated"), acted: sum(enforced, "acted") },
      };
    }),
  };
}

function signalsCourse(
  { namespace, name: service, predicted, limit }: Asked,
  checks: readonly Asked[],
  { services }: Prediction,
  slots: readonly SeriesPoint[],
): SignalsCourse {
  const before = services.find((one) => one.namespace === namespace && one.service === service);
  const [slow] = askedOf(checks, "slow", { namespace, name: service });
  return {
    ...{ namespace, service, failures: { before: predicted, limit } },
    p99: {
      before: before && quantile(before.durations, 0.99),
      limit: slow?.slowMs === undefined ? undefined : slow.slowMs / 1_000,
    },
    steps: slots.map(({ requests, errors, seconds, p99 }) => ({
      rps: seconds > 0 ? requests / seconds : undefined,
      failed: requests > 0 ? errors / requests : undefined,
      p99,
    })),
  };
}

function nameOf({ namespace, service }: Caller): string {
  return `${namespace}/${service}`;
}
