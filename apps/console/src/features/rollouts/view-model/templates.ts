import type { Step } from "@weir/rollout";
import type { PlanDraft } from "./plan-draft.ts";

export const strategies = ["canary", "blueGreen", "match", "mirror"] as const;
export type Strategy = (typeof strategies)[number];

export const strategyWords: Readonly<Record<Strategy, { readonly name: string; readonly does: string }>> = {
  canary: { name: "Canary", does: "Weights rise step by step, as the evidence lets them." },
  blueGreen: {
    name: "Blue / green",
    does: "Nobody gets it until somebody approves; then everybody, under guards.",
  },
  match: { name: "A/B by match", does: "First those whose requests match, such as testers; then everybody." },
  mirror: { name: "Mirror first", does: "Copies, whose answers nobody gets, before the first real request." },
};

const minuteMs = 60_000;

const rising: readonly Step[] = [
  { weight: 5, forMs: 5 * minuteMs },
  { weight: 25, forMs: 5 * minuteMs },
  { weight: 50, forMs: 5 * minuteMs },
  { weight: 100, forMs: 5 * minuteMs },
];

const steps: Readonly<Record<Strategy, readonly Step[]>> = {
  canary: rising,
  blueGreen: [
    { weight: 0, forMs: 0, approval: true },
    { weight: 100, forMs: 10 * minuteMs },
  ],
  match: [
    {
      match: [{ headers: [{ name: "x-user-type", exact: "beta-tester" }] }],
      forMs: 10 * minuteMs,
    },
    { weight: 50, forMs: 10 * minuteMs },
    { weight: 100, forMs: 5 * minuteMs },
  ],
  mirror: [{ mirror: 10, forMs: 5 * minuteMs }, ...rising],
};

/** The steps of a strategy; every strategy is a shape of the same list. */
export function stepsOf(strategy: Strategy): readonly Step[] {
  return steps[strategy];
}

/** The strategy that has just these steps; undefined once they were changed. */
export function strategyOf(plan: PlanDraft): Strategy | undefined {
  const written = JSON.stringify(plan.steps);
  return strategies.find((strategy) => JSON.stringify(steps[strategy]) === written);
}

interface Subject {
  readonly namespace: string;
  readonly service: string;
  /** In natural order. */
  readonly versions: readonly string[];
  readonly stableVersion: string | undefined;
}

/**
 * A first plan for a service: its newest version in place of the one that is stable. A guard on the error budget is there
 * from the start, for a last step has no baseline beside it.
 */
export function firstPlan(
  strategy: Strategy,
  { namespace, service, versions, stableVersion }: Subject,
): PlanDraft {
  const baseline = stableVersion ?? versions[0] ?? "v1";
  const canary = versions.findLast((version) => version !== baseline) ?? "v2";
  return {
    ...{ name: nameOf(service, canary), namespace, targetRef: service, baseline, canary },
    steps: stepsOf(strategy),
    checks: {
      successRate: { margin: 0.01 },
      latency: { quantile: 0.99, margin: 0.01 },
      sampleRatio: { tolerance: 0.2 },
      guards: [{ kind: "errorBudget", objective: 0.99, burnRate: 10 }],
    },
  };
}

/** `payments-v2`; names are DNS labels, of at most 63 characters. */
function nameOf(service: string, version: string): string {
  const name = `${service}-${version.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`.slice(0, 63);
  return name.replace(/-+$/, "");
}
