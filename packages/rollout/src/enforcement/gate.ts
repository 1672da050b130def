import { type CountRange, sumOfRanges, unionOfRanges } from "@weir/domain";
import { type Caller, denialsOf, fewestRequests, type Prediction, requestsOf } from "./prediction.ts";

/** A caller some of whose requests would go without their answer. */
export interface DeniedCaller extends Caller {
  /** By at least one policy, each request once. Two policies may mean the same requests, and counts do not tell. */
  readonly denied: CountRange;
  /** Its requests to the services at which it would be denied some, each once. */
  readonly requests: number;
  /** Those services, as `namespace/name`. */
  readonly services: readonly string[];
  /** Which policies do it, as `namespace/name`. */
  readonly policies: readonly string[];
}

/** A caller of the day before of whom nothing is known. */
export interface UnheardCaller extends Caller {
  /** Policies that have judged none of its requests, as `namespace/name`. */
  readonly policies: readonly string[];
}

/** What somebody has to agree to before policies begin to act. */
export interface Gate {
  /** Those that lose the largest part of their requests first. */
  readonly denied: readonly DeniedCaller[];
  /** Policies that fewer than twenty requests have met, as `namespace/name`: of them nothing is known. */
  readonly unproven: readonly string[];
  /** Of policies that others have met. */
  readonly unheard: readonly UnheardCaller[];
}

/** What somebody has agreed to: callers and policies by their names, `namespace/name`. */
export interface Consent {
  readonly denied: readonly string[];
  readonly unproven: readonly string[];
  /** Absent: none. */
  readonly unheard?: readonly string[] | undefined;
}

export function gateOf({ policies }: Prediction): Gate {
  const rows = policies.flatMap((policy) =>
    policy.callers.map((caller) => ({
      policy: nameOf(policy.namespace, policy.name),
      service: nameOf(policy.namespace, policy.targetRef),
      caller,
      denied: denialsOf(caller),
    })),
  );
  const byCaller = Map.groupBy(
    rows.filter(({ denied }) => denied > 0),
    ({ caller }) => nameOf(caller.namespace, caller.service),
  );
  return {
    denied: [...byCaller.values()]
      .map(deniedCaller)
      .sort((a, b) => mostOf(b) / b.requests - mostOf(a) / a.requests || mostOf(b) - mostOf(a)),
    unproven: policies
      .filter(({ evaluated }) => evaluated < fewestRequests)
      .map(({ namespace, name }) => nameOf(namespace, name)),
    unheard: unheardOf(policies),
  };
}

interface DeniedRow {
  readonly policy: string;
  readonly service: string;
  readonly caller: PolicyCaller;
  readonly denied: number;
}

type PolicyCaller = Prediction["policies"][number]["callers"][number];

/** Policies of one service judge the same requests; those to other services are others. */
function deniedCaller(own: readonly DeniedRow[]): DeniedCaller {
  const { namespace, service } = own[0]!.caller;
  const atServices = Map.groupBy(own, (row) => row.service);
  const counts = [...atServices.values()].map((rows) => {
    const requests = Math.max(...rows.map(({ caller }) => requestsOf(caller)));
    const ranges = rows.map(({ denied }) => ({ atLeast: denied, atMost: denied }));
    return { requests, denied: unionOfRanges(ranges, requests) };
  });
  return {
    ...{ namespace, service, denied: sumOfRanges(counts.map(({ denied }) => denied)) },
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    services: [...atServices.keys()],
    policies: own.map(({ policy }) => policy),
  };
}

function mostOf({ denied: { atLeast, atMost = atLeast } }: DeniedCaller): number {
  return atMost;
}

/** A policy that nobody has met is one question, not one for each caller. */
function unheardOf(policies: Prediction["policies"]): UnheardCaller[] {
  const rows = policies
    .filter(({ evaluated }) => evaluated > 0)
    .flatMap(({ namespace, name, unheard = [] }) =>
      unheard.map((caller) => ({ caller, policy: nameOf(namespace, name) })),
    );
  return [...Map.groupBy(rows, ({ caller }) => nameOf(caller.namespace, caller.service)).values()].map(
    (own) => ({
      ...own[0]!.caller,
      policies: own.map(({ policy }) => policy),
    }),
  );
}

/** Consent to all that a gate asks for. */
export function consentTo({ denied, unproven, unheard }: Gate): Consent {
  const names = (callers: readonly Caller[]) =>
    callers.map(({ namespace, service }) => nameOf(namespace, service));
  return { denied: names(denied), unproven, unheard: names(unheard) };
}

/** What nobody has agreed to yet, in a sentence; undefined where all is. */
export function missingConsent(gate: Gate, consent: Consent): string | undefined {
  const wanted = consentTo(gate);
  const denied = wanted.denied.filter((name) => !consent.denied.includes(name));
  if (denied.length > 0)
    return `requests of ${denied.join(", ")} would be denied, and nobody has agreed to that`;
  const unproven = wanted.unproven.filter((name) => !consent.unproven.includes(name));
  if (unproven.length > 0)
    return `fewer than ${fewestRequests} requests have met ${unproven.join(", ")} in the window, so there is no evidence, and nobody has agreed to that`;
  const unheard = (wanted.unheard ?? []).filter((name) => !consent.unheard?.includes(name));
  if (unheard.length === 0) return undefined;
  return `${unheard.map((name) => (name.startsWith("/") ? "somebody outside the mesh" : name)).join(", ")} called within the last day and nothing was judged of them since, so nobody knows how they would fare, and nobody has agreed to that`;
}

function nameOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
