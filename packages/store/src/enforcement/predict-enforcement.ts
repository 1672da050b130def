import {
  allowsInForce,
  emptyHistogram,
  isAllow,
  type MeshConfig,
  type ModeSwitch,
  mergeHistograms,
  newlyEnforced,
  type RevisedPolicy,
  type Window,
} from "@weir/domain";
import type { Caller, PolicyPrediction, Prediction, ServiceSignals, VerdictActs } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { type ArrivedSlot, arrivedSignals } from "../telemetry/arrived-signals.ts";
import {
  type DecisionFilter,
  type ObservedDecisions,
  observedDecisions,
} from "../telemetry/observed-decisions.ts";
import { slotMs } from "../telemetry/time.ts";
import { type AskedRequests, askedRequests, silentOfSome } from "./asked-requests.ts";
import { observedSince } from "./observed-since.ts";
import { unheardCallers } from "./unheard-callers.ts";
import { unsparedDecisions } from "./unspared-decisions.ts";

/**
 * What policies that begin to act with a switch would have done in a window, as their sidecars counted it while they observed, in
 * their present revision; and the golden signals of the services that they are about.
 */
export async function predictEnforcement(
  sql: Sql,
  config: MeshConfig,
  at: ModeSwitch,
  window: Window,
): Promise<Prediction> {
  const policies = newlyEnforced(config, at);
  const whole = {
    fromMs: Math.floor(window.fromMs / slotMs) * slotMs,
    toMs: Math.ceil(window.toMs / slotMs) * slotMs,
  };
  const refuses = allowsInForce(config);
  const silent = silentOfSome(policies);
  const sinceOf = await observedSince(sql, silent, whole);
  const [said, services, askedOf] = await Promise.all([
    readSaid(sql, policies, sinceOf, whole.toMs),
    readServices(sql, policies, whole),
    askedRequests(sql, silent, sinceOf, whole.toMs),
  ]);
  const judged = judgedBy(said);
  const unheardOf = await unheardCallers(sql, { policies, refuses, judged }, whole.toMs);
  const predictedOf = byPolicy(said, (decisions) => unsparedDecisions(decisions, policies, refuses));
  return {
    ...whole,
    policies: policies.map((policy) =>
      predictionOf(policy, predictedOf(policy), {
        ...{ unheard: unheardOf(policy), asked: askedOf(policy) },
        onlyOpens: isAllow(policy) && refuses(policy.namespace, policy.targetRef),
      }),
    ),
    services,
  };
}

/** Where all of them are, and whatever else is decided about the same requests. */
function placeOf(policies: readonly RevisedPolicy[]): DecisionFilter {
  const [first] = policies;
  const alike = (of: (policy: RevisedPolicy) => string) =>
    first && policies.every((policy) => of(policy) === of(first)) ? of(first) : undefined;
  return { namespace: alike(({ namespace }) => namespace), service: alike(({ targetRef }) => targetRef) };
}

interface Known {
  readonly unheard: readonly Caller[];
  readonly asked: AskedRequests | undefined;
  readonly onlyOpens: boolean;
}

function predictionOf(
  policy: RevisedPolicy,
  rows: readonly ObservedDecisions[],
  { unheard, asked, onlyOpens }: Known,
): PolicyPrediction {
  const { namespace, name, kind, targetRef, revision } = policy;
  const callers = [...Map.groupBy(rows, ({ source }) => `${source.namespace}/${source.service}`).values()];
  return {
    ...{ namespace, name, kind, targetRef, revision, ...sumOf(rows), verdicts: verdictsOf(rows) },
    ...(asked && { requests: asked.all }),
    callers: callers
      .map((own) => ({
        ...{ ...own[0]!.source, ...sumOf(own), verdicts: verdictsOf(own) },
        ...(asked && { requests: asked.of(own[0]!.source) }),
      }))
      .sort((a, b) => b.evaluated - a.evaluated),
    unheard,
    ...(onlyOpens && { onlyOpens }),
  };
}

/** What was said of the services of some policies, of the time that they are predicted by. */
interface Said {
  readonly of: readonly RevisedPolicy[];
  readonly decisions: readonly ObservedDecisions[];
}

/** Each policy's of the same time as the requests that shares are of. */
function readSaid(
  sql: Sql,
  policies: readonly RevisedPolicy[],
  sinceOf: (policy: RevisedPolicy) => number,
  toMs: number,
): Promise<Said[]> {
  return Promise.all(
    [...Map.groupBy(policies, sinceOf)].map(async ([fromMs, of]) => ({
      of,
      decisions: fromMs < toMs ? await observedDecisions(sql, placeOf(of), { fromMs, toMs }) : [],
    })),
  );
}

/** What the present revision of a policy said. */
function byPolicy(
  said: readonly Said[],
  rowsOf: (decisions: readonly ObservedDecisions[]) => readonly ObservedDecisions[],
): (policy: RevisedPolicy) => readonly ObservedDecisions[] {
  const all = new Map(
    said.flatMap(({ of, decisions }) => {
      const rows = Map.groupBy(
        rowsOf(decisions),
        ({ namespace, policy, revision }) => `${namespace}/${policy} ${revision}`,
      );
      return of.map((policy) => {
        const { namespace, name, revision } = policy;
        return [policy, rows.get(`${namespace}/${name} ${revision}`) ?? []] as const;
      });
    }),
  );
  return (policy) => all.get(policy) ?? [];
}

/** Whether a policy said anything of a caller's requests. */
function judgedBy(said: readonly Said[]): (policy: RevisedPolicy, caller: Caller) => boolean {
  const saidBy = byPolicy(said, (decisions) => decisions);
  const judged = new Map(
    said.flatMap(({ of }) =>
      of.map((policy) => [policy, new Set(saidBy(policy).map(({ source }) => nameOf(source)))] as const),
    ),
  );
  return (policy, caller) => judged.get(policy)?.has(nameOf(caller)) ?? false;
}

function nameOf({ namespace, service }: Caller): string {
  return `${namespace}/${service}`;
}

function verdictsOf(rows: readonly ObservedDecisions[]): VerdictActs[] {
  return [...Map.groupBy(rows, ({ verdict }) => verdict)]
    .map(([verdict, own]) => ({ verdict, ...sumOf(own) }))
    .sort((a, b) => b.evaluated - a.evaluated);
}

function sumOf(rows: readonly ObservedDecisions[]) {
  return {
    evaluated: rows.reduce((sum, row) => sum + row.evaluated, 0),
    acts: rows.reduce((sum, row) => sum + row.wouldAct, 0),
  };
}

async function readServices(
  sql: Sql,
  policies: readonly RevisedPolicy[],
  window: Window,
): Promise<ServiceSignals[]> {
  const names = new Map(
    policies.map(({ namespace, targetRef }) => [
      `${namespace}/${targetRef}`,
      { namespace, service: targetRef },
    ]),
  );
  const wanted = [...names.values()];
  if (wanted.length === 0) return [];
  const found = await arrivedSignals(sql, wanted, window);
  return wanted.map(({ namespace, service }) => {
    const own = found.find((other) => other.service === service && other.namespace === namespace);
    return { namespace, service, ...signalsOf(own?.slots ?? []) };
  });
}

/** Of slots together. */
export function signalsOf(
  slots: readonly ArrivedSlot[],
): Pick<ServiceSignals, "requests" | "failures" | "durations"> {
  return {
    requests: slots.reduce((sum, slot) => sum + slot.requests, 0),
    failures: slots.reduce((sum, slot) => sum + slot.failures, 0),
    durations: slots.length === 0 ? emptyHistogram : mergeHistograms(slots.map((slot) => slot.durations)),
  };
}
