import { type Finding, findingsOf } from "@weir/domain";
import {
  durationFindings,
  type ForeseenStep,
  foreseePlan,
  RolloutPlan,
  type RolloutState,
  replanFindings,
} from "@weir/rollout";
import type { RecentTraffic } from "@weir/store";
import { z } from "zod";
import { presentTraffic } from "../store.ts";
import type { Context } from "../trpc.ts";
import { publicProcedure } from "../trpc.ts";

export interface CheckedPlan {
  readonly findings: readonly Finding[];
  /** With all that was left out at its usual value; undefined where the plan is not well formed. */
  readonly plan: RolloutPlan | undefined;
  /** What its steps will see, if requests keep coming as they do; undefined without a plan. */
  readonly foreseen: { readonly traffic: RecentTraffic; readonly steps: readonly ForeseenStep[] } | undefined;
}

/** What is wrong with a plan, and what it would see. Writes nothing. `rollout`: that the plan is an edit of. */
export const check = publicProcedure
  .input(z.object({ plan: z.json(), rollout: z.int32().min(1).optional() }))
  .query(async ({ ctx, input }): Promise<CheckedPlan> => {
    const read = RolloutPlan.safeParse(input.plan);
    if (!read.success) return { findings: findingsOf(read.error), plan: undefined, foreseen: undefined };
    const plan = read.data;
    const [judged, traffic] = await Promise.all([
      input.rollout === undefined ? judgedStart(ctx, plan) : judgedEdit(ctx, plan, input.rollout),
      presentTraffic(ctx.sql, plan, ctx.now()),
    ]);
    const steps = foreseePlan(plan, traffic);
    const findings = [...judged.findings, ...durationFindings(plan, steps, judged.state)];
    return { findings, plan, foreseen: { traffic, steps } };
  });

/** What keeps a plan from being followed, and how far the rollout is that would go on by it. */
interface Judged {
  readonly findings: readonly Finding[];
  readonly state?: RolloutState;
}

async function judgedStart({ config }: Context, plan: RolloutPlan): Promise<Judged> {
  return { findings: await config.rolloutStartFindings(plan) };
}

async function judgedEdit({ config }: Context, plan: RolloutPlan, id: number): Promise<Judged> {
  const stored = await config.getRollout(id);
  if (stored === undefined) return { findings: [] };
  return { findings: replanFindings(stored.plan, plan, stored.state.step), state: stored.state };
}
