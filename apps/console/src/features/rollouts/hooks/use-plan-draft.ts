"use client";

import type { Step } from "@weir/rollout";
import { useState } from "react";
import type { PlanDraft } from "../view-model/plan-draft.ts";

interface Begun {
  readonly plan: PlanDraft;
  /** Of the plan that the draft was begun from; 0: there was none. */
  readonly revision: number;
}

/**
 * A plan being written beside the one that is followed. It follows that one until it is touched; from then on it is kept,
 * and `outdated` says that somebody else was faster.
 */
export function usePlanDraft(live: Begun) {
  const [draft, setDraft] = useState({ plan: live.plan, begunFrom: live });
  const touched = draft.plan !== draft.begunFrom.plan;
  // During render, not in an effect: a page that shows a draft of what is no longer followed would be wrong for a moment.
  if (!touched && draft.begunFrom.revision !== live.revision) setDraft({ plan: live.plan, begunFrom: live });
  const write = (plan: PlanDraft) => setDraft((now) => ({ ...now, plan }));
  return {
    plan: draft.plan,
    begunFrom: draft.begunFrom,
    touched,
    outdated: touched && draft.begunFrom.revision !== live.revision,
    write,
    change: (members: Partial<PlanDraft>) =>
      setDraft((now) => ({ ...now, plan: { ...now.plan, ...members } })),
    changeSteps: (steps: readonly Step[]) =>
      setDraft((now) => ({ ...now, plan: orAsBegun({ ...now.plan, steps }, now.begunFrom.plan) })),
    reset: () => setDraft({ plan: live.plan, begunFrom: live }),
    /** Keeps what was written, as a change of what is followed now. */
    rebase: () => setDraft((now) => ({ ...now, begunFrom: live })),
  };
}

/** Whoever takes a change back has touched nothing. */
function orAsBegun(plan: PlanDraft, begun: PlanDraft): PlanDraft {
  const members = Object.keys({ ...begun, ...plan }) as (keyof PlanDraft)[];
  return members.every((member) => plan[member] === begun[member]) ? begun : plan;
}

export type PlanDraftState = ReturnType<typeof usePlanDraft>;
