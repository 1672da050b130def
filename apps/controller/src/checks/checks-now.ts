import {
  type AskedWebhook,
  isAsked,
  type PrometheusQuery,
  type RolloutPlan,
  type RolloutState,
} from "@weir/rollout";

export type AskedCheck =
  | { readonly kind: "query"; readonly query: PrometheusQuery }
  | { readonly kind: "webhook"; readonly webhook: AskedWebhook };

/** What is to be asked in the step that a rollout is in. Of a canary without requests no query can find anything. */
export function checksNow(plan: RolloutPlan, { step }: RolloutState): readonly AskedCheck[] {
  const now = plan.steps[step];
  const isBefore = step === 0 && now !== undefined && "weight" in now && now.weight === 0;
  const hasRequests = !(now && "weight" in now && now.weight === 0) || plan.testers !== undefined;
  return [
    ...plan.checks.queries.filter(() => hasRequests).map((query) => ({ kind: "query", query }) as const),
    ...plan.checks.webhooks
      .filter(isAsked)
      .filter(({ when }) => when !== "pre" || isBefore)
      .map((webhook) => ({ kind: "webhook", webhook }) as const),
  ];
}

export function nameOf(check: AskedCheck): string {
  return check.kind === "query" ? check.query.name : check.webhook.name;
}
