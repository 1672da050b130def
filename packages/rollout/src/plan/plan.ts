import { Name, Sticky, Version } from "@weir/domain";
import { z } from "zod";
import { Checks, usualChecks } from "./checks.ts";
import { type PlanCode, planFixes } from "./plan-fixes.ts";
import { Matches, Step } from "./step.ts";

const hourMs = 3_600_000;

/** The most that a plan may last. */
export const longestDurationMs = 720 * hourMs;

/** Given to browsers, so that one user stays in one version without the application's doing. */
const usualSticky = { cookie: "weir-sticky", maxAgeS: 86_400 };

/**
 * How a version takes over from another. Strategies are shapes of one list: ascending weights are a canary, the weight 100
 * alone is blue / green, a match before it A/B, and mirroring may come before any of them.
 */
export const RolloutPlan = z
  .strictObject({
    name: Name,
    namespace: Name,
    /** The service, in the plan's own namespace. */
    targetRef: Name,
    baseline: Version,
    canary: Version,
    steps: z.array(Step).min(1, "needs at least one step").max(50, "takes 50 steps at most"),
    /** Their requests go to the canary in every step. The split of the requests then says nothing, and is not compared. */
    testers: Matches.optional(),
    /** What keeps a user in one version while weights rise; `none`: every request is drawn by itself. */
    sticky: z
      .union([Sticky, z.literal("none")], {
        error: "must be none, or have exactly one of cookie, header and source",
      })
      .default(usualSticky),
    checks: Checks.prefault(usualChecks),
    /** Evidence that is older holds everything. */
    staleAfterMs: z.int().min(1_000).max(hourMs).default(30_000),
    /** After so long without an end the rollout pauses, and waits for somebody. */
    maxDurationMs: z
      .int()
      .min(60_000)
      .max(longestDurationMs, "must be 30 days or less")
      .default(24 * hourMs),
  })
  .superRefine((plan, context) => {
    const refuse = (code: PlanCode, path: PropertyKey[], message: string) =>
      context.addIssue({ code: "custom", params: { code, fix: planFixes[code] }, path, message });
    if (plan.baseline === plan.canary)
      refuse("same-version", ["canary"], `${plan.canary} is the baseline already`);
    if (!plan.checks.successRate && !plan.checks.latency && plan.checks.guards.length === 0)
      refuse(
        "no-evidence",
        ["checks"],
        "needs successRate, latency or a guard: nothing else says how it goes",
      );
    const [first] = plan.steps;
    plan.checks.webhooks.forEach(({ when }, at) => {
      if (when === "pre" && !(first && "weight" in first && first.weight === 0))
        refuse(
          "pre-needs-start",
          ["checks", "webhooks", at, "when"],
          "pre needs a first step of weight 0: without it requests go to the canary at once",
        );
    });
    namesTwice([...plan.checks.queries, ...plan.checks.webhooks]).forEach((name) => {
      refuse("name-twice", ["checks"], `has ${name} twice: nobody could tell which of them holds`);
    });
    orderProblems(plan.steps).forEach(({ at, message }) => {
      refuse("step-order", ["steps", at], message);
    });
    const last = plan.steps.at(-1);
    if (last !== undefined && !("weight" in last && last.weight === 100))
      refuse("no-end", ["steps"], "must end with the weight 100: a rollout that has no end is refused");
    const longest = plan.steps.reduce((sum, { forMs }) => sum + forMs, 0);
    if (longest > plan.maxDurationMs)
      refuse(
        "never-over",
        ["maxDurationMs"],
        `the steps take ${longest} ms at least, longer than the plan may last`,
      );
  });
export type RolloutPlan = z.infer<typeof RolloutPlan>;

function namesTwice(named: readonly { readonly name: string }[]): Set<string> {
  const names = named.map(({ name }) => name);
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}

/** Mirrors first, then matches, then weights that ascend: traffic only ever moves forward. */
function orderProblems(steps: readonly Step[]): { at: number; message: string }[] {
  return steps.flatMap((step, at) => {
    const before = steps[at - 1];
    if (before === undefined) return [];
    if (rankOf(step) < rankOf(before))
      return [{ at, message: "comes too late: mirrors go first, then matches, then weights" }];
    if ("weight" in step && "weight" in before && step.weight <= before.weight)
      return [{ at, message: `must be above the weight before it, ${before.weight}` }];
    return [];
  });
}

function rankOf(step: Step): number {
  return "mirror" in step ? 0 : "match" in step ? 1 : 2;
}
