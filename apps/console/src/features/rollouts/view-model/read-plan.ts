import type { PlanDraft } from "./plan-draft.ts";

/**
 * A value as a plan that the page can draw; undefined where it has another shape. Whether it *holds* is the server's to say: this
 * only keeps text that is half written from being drawn. Members are of the types that the plan's schema gives them
 * (packages/rollout/src/plan), which would have to be loaded for this alone; what they may say is left open.
 */
export function readPlan(value: unknown): PlanDraft | undefined {
  return isPlan(value) ? (value as unknown as PlanDraft) : undefined;
}

type Shape = (value: unknown) => boolean;
type Members = Readonly<Record<string, Shape>>;

const text: Shape = (value) => typeof value === "string";
const number: Shape = (value) => typeof value === "number" && Number.isFinite(value);
const flag: Shape = (value) => typeof value === "boolean";
const exactly = (only: unknown): Shape => {
  return (value) => value === only;
};
const either = (...shapes: readonly Shape[]): Shape => {
  return (value) => shapes.some((shape) => shape(value));
};
const list = (shape: Shape): Shape => {
  return (value) => Array.isArray(value) && value.every(shape);
};
/** Left out, and not null, which it is while nothing stands behind its name. */
const maybe = (shape: Shape): Shape => either(exactly(undefined), shape);

/** Others may stand beside the members. */
const object = (members: Members): Shape => {
  return (value) =>
    isObject(value) && Object.entries(members).every(([key, shape]) => shape(memberOf(value, key)));
};
/** At least one of these, and each that is there of its shape. */
const anyOf = (ways: Members): Shape => {
  const shapes = object(Object.fromEntries(Object.entries(ways).map(([key, shape]) => [key, maybe(shape)])));
  return (value) =>
    isObject(value) && shapes(value) && Object.keys(ways).some((key) => memberOf(value, key) !== undefined);
};
const both = (...shapes: readonly Shape[]): Shape => {
  return (value) => shapes.every((shape) => shape(value));
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

const named = both(object({ name: text }), anyOf({ exact: text, prefix: text, regex: text, present: flag }));
const match = object({
  path: maybe(anyOf({ exact: text, prefix: text, regex: text })),
  method: maybe(text),
  headers: maybe(list(named)),
  query: maybe(list(named)),
});

const step = both(
  object({ forMs: number, minRequests: maybe(number), approval: maybe(flag), compare: maybe(flag) }),
  anyOf({ weight: number, mirror: number, match: list(match) }),
);

const sticky = either(
  exactly("none"),
  both(object({ maxAgeS: maybe(number) }), anyOf({ cookie: text, header: text, source: exactly(true) })),
);

const guard = both(
  object({ minRequests: maybe(number) }),
  either(
    object({ kind: exactly("latency"), quantile: number, limitMs: number }),
    object({ kind: exactly("errorBudget"), objective: number, burnRate: number }),
  ),
);

/** Their fields show what is missing as empty. */
const query = object({
  name: maybe(text),
  url: maybe(text),
  query: maybe(text),
  min: maybe(number),
  max: maybe(number),
});
const webhook = object({
  ...{ name: maybe(text), url: maybe(text), when: maybe(text) },
  ...{ timeoutMs: maybe(number), retries: maybe(number), secret: maybe(text) },
});

const checks = object({
  ...{ level: maybe(number), passLevel: maybe(number) },
  successRate: maybe(object({ margin: maybe(number) })),
  latency: maybe(object({ quantile: maybe(number), margin: maybe(number) })),
  sampleRatio: maybe(object({ tolerance: maybe(number) })),
  guards: maybe(list(guard)),
  queries: maybe(list(query)),
  webhooks: maybe(list(webhook)),
});

const isPlan = both(
  object({
    ...{ name: text, namespace: text, targetRef: text, baseline: text, canary: text },
    ...{ steps: list(step), testers: maybe(list(match)), sticky: maybe(sticky), checks: maybe(checks) },
    ...{ staleAfterMs: maybe(number), maxDurationMs: maybe(number) },
  }),
  (value) => (value as { readonly steps: readonly unknown[] }).steps.length > 0,
);
