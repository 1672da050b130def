import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../analysis/judge-comparison.ts";
import { comparedAs, evidenceOf } from "../testing/evidence.ts";
import { planOf } from "../testing/plans.ts";
import { type Decision, decide } from "./decide.ts";
import { type RolloutState, startRollout, trafficOf } from "./state.ts";

const plan = planOf({ steps: [5, 10, 25, 50, 100].map((weight) => ({ weight, forMs: 20_000 })) });

/** Who looks, when, at what; and where the process ends while it does. */
interface Look {
  readonly by: 0 | 1;
  readonly gapMs: number;
  readonly ageMs: number;
  readonly verdict: Verdict;
  readonly endsAt: "nowhere" | "before the store" | "after the store";
  /** A controller that read before the other one stored. */
  readonly readsLate: boolean;
}

const look: fc.Arbitrary<Look> = fc.record({
  by: fc.constantFrom(0, 1),
  gapMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -1e9, max: 1e9 }) },
  ),
  ageMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
    fc.integer({ min: -1e6, max: 1e6 }),
  ),
  verdict: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Verdict>("no worse", "better") },
    { weight: 3, arbitrary: fc.constant<Verdict>("not enough evidence") },
    { weight: 1, arbitrary: fc.constant<Verdict>("worse") },
  ),
  endsAt: fc.constantFrom("nowhere", "nowhere", "before the store", "after the store"),
  readsLate: fc.boolean(),
});

/** Two controllers over one store that takes a state only over the one it was made of; weights as they were set. */
function run(looks: readonly Look[]): { weights: number[]; state: RolloutState } {
  let stored = startRollout(0);
  const known: [RolloutState, RolloutState] = [stored, stored];
  const weights = [weightOf(stored)];
  let nowMs = 0;
  for (const { by, gapMs, ageMs, verdict, endsAt, readsLate } of looks) {
    nowMs += gapMs;
    const read = readsLate ? known[by] : stored;
    known[by] = read;
    const { state } = decide(read, evidence(read, verdict, nowMs - ageMs), plan, nowMs);
    if (endsAt === "before the store") continue;
    if (stored.changes === read.changes) stored = state;
    known[by] = stored;
    if (endsAt === "after the store") continue;
    const weight = weightOf(stored);
    if (weight !== weights.at(-1)) weights.push(weight);
  }
  const last = weightOf(stored);
  if (last !== weights.at(-1)) weights.push(last);
  return { weights, state: stored };
}

function evidence({ step, round }: RolloutState, verdict: Verdict, toMs: number) {
  return evidenceOf({ step, round, toMs, comparisons: [comparedAs(verdict)] });
}

function weightOf(state: RolloutState): number {
  const traffic = trafficOf(plan, state);
  return traffic.kind === "weight" ? traffic.canary : Number.NaN;
}

describe("however it is ended, raced and misled by clocks", () => {
  test("a rollout only goes forward, or back to nothing and stays there", () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 120 }), (looks) => {
        const { weights, state } = run(looks);
        const forward = weights.at(-1) === 0 ? weights.slice(0, -1) : weights;
        expect(forward).not.toContain(0);
        expect(forward).toEqual([...new Set(forward)].sort((a, b) => a - b));
        if (weights.at(-1) === 0) expect(state.phase).toBe("rolledBack");
      }),
      { numRuns: 500 },
    );
  });

  test("no decision goes more than one step, and none without time and evidence of this step", () => {
    const before = fc.record({
      phase: fc.constantFrom("running" as const, "paused" as const),
      step: fc.integer({ min: 0, max: 4 }),
      round: fc.nat(3),
      changes: fc.nat(9),
      approved: fc.boolean(),
      inStepMs: fc.integer({ min: 0, max: 40_000 }),
      ranMs: fc.integer({ min: 0, max: 90_000_000 }),
      seenMs: fc.constant(0),
    });
    const at = fc.record({ step: fc.integer({ min: 0, max: 4 }), round: fc.nat(3) });
    const silentMs = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(before, at, look, silentMs, (state, of, { gapMs, ageMs, verdict }, serviceMs) => {
        const heard = { serviceMs: gapMs - serviceMs, canaryMs: gapMs - serviceMs, owed: 0 };
        const seen = { ...evidence({ ...state, ...of }, verdict, gapMs - ageMs), heard };
        const { action, state: after } = decide(state, seen, plan, gapMs);
        const moved = after.step - state.step;
        expect([0, 1]).toContain(moved);
        expect(after.changes - state.changes).toBe(action === "hold" ? 0 : 1);
        if (action === "hold" || action === "pause") return;
        expect([of.step, of.round]).toEqual([state.step, state.round]);
        expect(Math.abs(ageMs)).toBeLessThanOrEqual(plan.staleAfterMs);
        if (action === "rollBack") return;
        expect(serviceMs).toBeLessThanOrEqual(plan.staleAfterMs);
        expect(state.phase).toBe("running");
        expect(state.inStepMs + Math.min(30_000, Math.max(0, gapMs))).toBeGreaterThanOrEqual(20_000);
        if (state.step < 4) expect(["better", "no worse"]).toContain(verdict);
      }),
      { numRuns: 2_000 },
    );
  });

  test("whoever was ended before a decision was stored makes the same one again", () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 60 }), (looks) => {
        let state = startRollout(0);
        let nowMs = 0;
        for (const { gapMs, ageMs, verdict } of looks) {
          nowMs += gapMs;
          const seen = evidence(state, verdict, nowMs - ageMs);
          const first: Decision = decide(state, seen, plan, nowMs);
          const kept: RolloutState = JSON.parse(JSON.stringify(state));
          expect(decide(kept, structuredClone(seen), plan, nowMs)).toEqual(first);
          state = first.state;
        }
      }),
    );
  });

  test("with nothing in the way every weight is set once, in order", () => {
    const calm: Look = {
      ...{ by: 0, gapMs: 5_000, ageMs: 1_000, verdict: "no worse", endsAt: "nowhere", readsLate: false },
    };
    const { weights, state } = run(Array.from({ length: 30 }, () => calm));
    expect(weights).toEqual([5, 10, 25, 50, 100]);
    expect(state.phase).toBe("succeeded");
  });
});
