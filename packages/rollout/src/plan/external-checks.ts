import { WebhookSecret, WebhookUrl } from "@weir/domain";
import { z } from "zod";

const name = z.string().trim().min(1, "needs a name").max(80, "must be 80 characters at most");

/** What Prometheus, or what speaks its API, is asked again and again; each series of the answer must lie within the bounds. */
export const PrometheusQuery = z
  .strictObject({
    name,
    /** Of the server; `/api/v1/query` is put behind it. */
    url: WebhookUrl,
    /** PromQL, for one moment. */
    query: z.string().trim().min(1, "needs a query").max(4_000, "must be 4000 characters at most"),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    error: "must have min, max or both: nothing else says what is well",
  })
  .refine(({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }) => min <= max, {
    path: ["max"],
    error: "must not be below min",
  });
export type PrometheusQuery = z.infer<typeof PrometheusQuery>;

/** Those that are asked, and whose answers count; the others are told after the fact. */
const asked = ["pre", "confirm", "step"] as const;

/**
 * When somebody else's program is asked or told. `pre`: in the first step, of weight 0, before any request goes to the canary;
 * no takes back. `confirm`: in every step; no holds. `step`: in every step; no takes back. `post`: it has succeeded. `rollback`:
 * it was taken back or aborted. `event`: whatever happens to the rollout.
 */
export const PlanWebhook = z.strictObject({
  name,
  url: WebhookUrl,
  when: z.enum([...asked, "post", "rollback", "event"]),
  /** For one attempt. */
  timeoutMs: z.int().min(100).max(60_000).default(5_000),
  /** Attempts after the first, before an answer is not known; what is told after the fact is tried for a day. */
  retries: z.int().min(0).max(10).default(2),
  /** What requests are signed with. Whoever may read the plan reads it: make one for it alone. */
  secret: WebhookSecret.optional(),
});
export type PlanWebhook = z.infer<typeof PlanWebhook>;

/** One whose answer counts. */
export type AskedWebhook = PlanWebhook & { readonly when: (typeof asked)[number] };

export function isAsked(webhook: PlanWebhook): webhook is AskedWebhook {
  return asked.some((when) => when === webhook.when);
}
