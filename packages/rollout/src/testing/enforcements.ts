import { GuardBudget } from "../enforcement/guard-budget.ts";
import type { PolicyPrediction, Prediction } from "../enforcement/prediction.ts";
import type { DecisionCount, EnforcementTick, EnforcementWatch } from "../enforcement/watch-progress.ts";
import { signals } from "./signals.ts";

export const payments = { namespace: "shop", service: "payments" };
export const web = { namespace: "shop", service: "web" };
const windowMs = 3_600_000;

/** An authorization that judged so many requests of `shop/web` in an hour, and would have denied some. */
export function predictionOf(evaluated: number, denied: number, { failures = 0, slow = 0 } = {}): Prediction {
  const verdicts = [
    { verdict: "allow", evaluated: evaluated - denied, acts: 0 },
    { verdict: "deny", evaluated: denied, acts: denied },
  ].filter((row) => row.evaluated > 0);
  const policy: PolicyPrediction = {
    ...{ namespace: "shop", name: "who-may", kind: "authorization", targetRef: "payments", revision: 2 },
    ...{ evaluated, acts: denied, verdicts },
    callers: evaluated === 0 ? [] : [{ ...web, evaluated, acts: denied, verdicts }],
  };
  return {
    ...{ fromMs: -windowMs, toMs: 0, policies: [policy] },
    services: [{ ...payments, ...signals(evaluated, failures, slow) }],
  };
}

export function watchOf(prediction: Prediction, given: Partial<GuardBudget> = {}): EnforcementWatch {
  return { prediction, budget: GuardBudget.parse(given) };
}

/** The n-th ten seconds after the switch. */
export function enforcedTick(
  n: number,
  { requests, denied = 0, failures = 0, slow = 0, held = false }: TickCounts,
  given: Partial<DecisionCount> = {},
): EnforcementTick {
  const row = (verdict: string, evaluated: number, acted: number): DecisionCount => ({
    ...{ namespace: "shop", policy: "who-may", revision: 2, mode: "enforce", source: web },
    ...{ verdict, evaluated, acted, ...given },
  });
  return {
    ...{ fromMs: n * 10_000, toMs: (n + 1) * 10_000, held },
    decisions: [row("allow", requests - denied, 0), row("deny", denied, denied)],
    asked: [],
    services: [{ ...payments, ...signals(requests, failures, slow) }],
  };
}

interface TickCounts {
  readonly requests: number;
  readonly denied?: number;
  readonly failures?: number;
  readonly slow?: number;
  readonly held?: boolean;
}
