import type { Evidence } from "@weir/rollout";
import type { StoredRollout } from "@weir/store";
import { expect, test } from "vitest";
import { rolloutText } from "./rollout-text.ts";

const plan = { namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2", name: "green" };
const arms = { canary: { requests: 990, hits: 47 }, baseline: { requests: 1_010, hits: 0 } };

/** A rollout of one step that was looked at with this evidence. */
function lookedAt(evidence: Partial<Evidence>): StoredRollout {
  const look = { action: "hold", reason: "", evidence: { comparisons: [], guards: [], ...evidence } };
  const state = { phase: "running", step: 0 };
  const steps = [{ weight: 100, forMs: 60_000 }];
  return { id: 7, plan: { ...plan, steps }, planRevision: 1, state, look } as never;
}

test("a broken guard shows what broke it, one that is kept all that it saw", () => {
  const guard = { kind: "errorBudget", objective: 0.99, burnRate: 5, minRequests: 20 } as const;
  const seen = { guard, requests: 5_199, observed: 0.0237, limit: 0.05 };
  const above = { requests: 600, hits: 120, ms: 32_000 };
  const broken = rolloutText(lookedAt({ guards: [{ ...seen, tripped: true, above }] }), []);
  expect(broken).toMatch(/^error budget +20 % of 600 in the last 32 s +- +at most 5 % +tripped$/m);
  const kept = rolloutText(lookedAt({ guards: [{ ...seen, tripped: false }] }), []);
  expect(kept).toMatch(/^error budget +2\.37 % of 5,199 +- +at most 5 % +kept$/m);
});

test("a canary that is worse is never said to differ by nothing", () => {
  const worse = { check: "successRate", inStep: arms, interval: { low: 0, high: 0.056 }, verdict: "worse" };
  const text = rolloutText(lookedAt({ comparisons: [worse as never] }), []);
  expect(text).toMatch(/^success rate +4\.75 % of 990 +0 % of 1,010 +above 0 to \+5\.6 points +worse$/m);
});
