import { WindowText, windowOf } from "@weir/domain";
import type { PolicyDecisions } from "@weir/store";
import { z } from "zod";
import { decisionsOfPolicy } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { effectOf, ModeChange } from "./effect.ts";

/** What a switch would change: the services it reaches, and what each policy decided about their real requests. */
export const explain = publicProcedure
  .input(z.object({ change: ModeChange, window: WindowText }))
  .query(async ({ ctx, input }) => {
    const window = windowOf(input.window, ctx.now());
    const effects = effectOf(await ctx.config.readMeshConfig(), input.change);
    return Promise.all(
      effects.map(async (effect) => ({
        ...effect,
        policies: await Promise.all(
          effect.policies.map(async ({ policy, before, after }) => ({
            name: policy.name,
            kind: policy.kind,
            before,
            after,
            verdicts: verdictsOf(await decisionsOfPolicy(ctx.sql, policy, window), policy.revision),
          })),
        ),
      })),
    );
  });

/** Counts by verdict of the policy as it stands now: what an earlier revision asked for says nothing about it. */
function verdictsOf(decisions: PolicyDecisions, revision: number) {
  const current = decisions.verdicts.filter((row) => row.revision === revision);
  return [...Map.groupBy(current, (row) => row.verdict)].map(([verdict, rows]) => ({
    verdict,
    evaluated: rows.reduce((sum, row) => sum + row.evaluated, 0),
    wouldAct: rows.reduce((sum, row) => sum + row.wouldAct, 0),
  }));
}
