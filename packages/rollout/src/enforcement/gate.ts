import { type Caller, denialsOf, type Prediction } from "./prediction.ts";

/** A caller some of whose requests would go without their answer. */
export interface DeniedCaller extends Caller {
  /** A request that two policies deny is counted by each. */
  readonly denied: number;
  readonly evaluated: number;
  /** Which policies do it, as `namespace/name`. */
  readonly policies: readonly string[];
}

/** What somebody has to agree to before policies begin to act. */
export interface Gate {
  /** Those that lose the largest part of their requests first. */
  readonly denied: readonly DeniedCaller[];
  /** Policies that nothing has passed, as `namespace/name`: of them nothing is known. */
  readonly unproven: readonly string[];
}

/** What somebody has agreed to: callers and policies by their names, `namespace/name`. */
export interface Consent {
  readonly denied: readonly string[];
  readonly unproven: readonly string[];
}

export function gateOf({ policies }: Prediction): Gate {
  const rows = policies.flatMap((policy) =>
    policy.callers.map((caller) => ({
      policy: nameOf(policy.namespace, policy.name),
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
      .map((own) => ({
        ...{ namespace: own[0]!.caller.namespace, service: own[0]!.caller.service },
        denied: own.reduce((sum, { denied }) => sum + denied, 0),
        evaluated: own.reduce((sum, { caller }) => sum + caller.evaluated, 0),
        policies: own.map(({ policy }) => policy),
      }))
      .sort((a, b) => b.denied / b.evaluated - a.denied / a.evaluated || b.denied - a.denied),
    unproven: policies
      .filter(({ evaluated }) => evaluated === 0)
      .map(({ namespace, name }) => nameOf(namespace, name)),
  };
}

/** Consent to all that a gate asks for. */
export function consentTo({ denied, unproven }: Gate): Consent {
  return { denied: denied.map(({ namespace, service }) => nameOf(namespace, service)), unproven };
}

/** What nobody has agreed to yet, in a sentence; undefined where all is. */
export function missingConsent(gate: Gate, consent: Consent): string | undefined {
  const wanted = consentTo(gate);
  const denied = wanted.denied.filter((name) => !consent.denied.includes(name));
  if (denied.length > 0)
    return `requests of ${denied.join(", ")} would be denied, and nobody has agreed to that`;
  const unproven = wanted.unproven.filter((name) => !consent.unproven.includes(name));
  if (unproven.length === 0) return undefined;
  return `nothing has passed ${unproven.join(", ")} in the window, so there is no evidence, and nobody has agreed to that`;
}

function nameOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
