import type { ChecksDraft } from "./plan-draft.ts";

export type QueryDraft = NonNullable<ChecksDraft["queries"]>[number];
export type WebhookDraft = NonNullable<ChecksDraft["webhooks"]>[number];

/** Checks by others in a plan that is being written. */
export interface ExternalChecks {
  readonly queries: readonly QueryDraft[];
  readonly webhooks: readonly WebhookDraft[];
}

/** When a webhook is asked or told, and what its no does (packages/rollout/src/plan/external-checks.ts). */
export const whenWords: Readonly<Record<WebhookDraft["when"], string>> = {
  pre: "asked before any request goes to the canary; no takes back",
  confirm: "asked in every step; no holds",
  step: "asked in every step; no takes back",
  post: "told when the rollout has succeeded; tried for a day",
  rollback: "told when it was taken back or aborted; tried for a day",
  event: "told of whatever happens; tried for a day",
};

/** One whose name may still be half written as YAML is none of them. */
export function whenOf(webhook: WebhookDraft): WebhookDraft["when"] | undefined {
  return Object.hasOwn(whenWords, webhook.when) ? webhook.when : undefined;
}

/** After the fact, whatever it answers: it is tried for a day. */
export function isTold(when: WebhookDraft["when"] | undefined): boolean {
  return when === "post" || when === "rollback" || when === "event";
}

/** Lists as they stand, also where text beside them has given them another shape for a moment. */
export function externalChecks({ queries, webhooks }: ChecksDraft): ExternalChecks {
  return { queries: itemsOf(queries), webhooks: itemsOf(webhooks) };
}

function itemsOf<T>(list: readonly T[] | undefined): T[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => (typeof item === "object" && item !== null ? item : ({} as T)));
}

/** Of a member that text beside the fields may have given another type. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Asks the server that the query before it asks. */
export function newQuery(checks: ExternalChecks): QueryDraft {
  return { name: unusedName("query", checks), url: checks.queries.at(-1)?.url ?? "", query: "" };
}

export function newWebhook(checks: ExternalChecks): WebhookDraft {
  return { name: unusedName("webhook", checks), url: "", when: "confirm" };
}

/** `query`, `query 2`: names are told apart across both lists. */
function unusedName(base: string, { queries, webhooks }: ExternalChecks): string {
  const taken = new Set([...queries, ...webhooks].map(({ name }) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base} ${count}`;
    if (!taken.has(name)) return name;
  }
}

/** An item with members changed; one that was emptied is left out, so that YAML has no empty members. */
export function changedItem<T extends object>(item: T, members: Partial<T>): T {
  const all = Object.entries({ ...item, ...members });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as T;
}

/** A list for a plan, which has none rather than an empty one. */
export function listOrNone<T>(list: readonly T[]): T[] | undefined {
  return list.length > 0 ? [...list] : undefined;
}

/** A secret as Standard Webhooks writes one. @param bytes random ones, 24 to 64. */
export function webhookSecret(bytes: Uint8Array): string {
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
