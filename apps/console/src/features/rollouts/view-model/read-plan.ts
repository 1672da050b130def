import type { PlanDraft } from "./plan-draft.ts";

/**
 * A value as a plan that the page can draw; undefined where it has another shape. Whether it *holds* is the server's to say: this
 * only keeps text that is half written from being drawn.
 */
export function readPlan(value: unknown): PlanDraft | undefined {
  if (!isObject(value)) return undefined;
  const { steps, checks, testers } = value;
  if (
    !["name", "namespace", "targetRef", "baseline", "canary"].every((key) => typeof value[key] === "string")
  )
    return undefined;
  if (!Array.isArray(steps) || steps.length === 0 || !steps.every(isStep)) return undefined;
  if (testers !== undefined && !isMatches(testers)) return undefined;
  if (checks !== undefined && !areChecks(checks)) return undefined;
  return value as unknown as PlanDraft;
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isStep(value: unknown): boolean {
  if (!isObject(value) || !isNumber(value.forMs)) return false;
  if ("weight" in value) return isNumber(value.weight);
  return "mirror" in value ? isNumber(value.mirror) : isMatches(value.match);
}

/** Headers and parameters are read one by one. */
function isMatches(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (match) =>
        isObject(match) &&
        (match.path === undefined || isObject(match.path)) &&
        ["headers", "query"].every(
          (list) => match[list] === undefined || (Array.isArray(match[list]) && match[list].every(isObject)),
        ),
    )
  );
}

function areChecks(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { guards } = value;
  const comparisons = ["successRate", "latency", "sampleRatio"];
  return (
    comparisons.every((key) => value[key] === undefined || isObject(value[key])) &&
    (guards === undefined || (Array.isArray(guards) && guards.every(isGuard)))
  );
}

function isGuard(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.kind === "latency") return isNumber(value.quantile) && isNumber(value.limitMs);
  return value.kind === "errorBudget" && isNumber(value.objective) && isNumber(value.burnRate);
}
