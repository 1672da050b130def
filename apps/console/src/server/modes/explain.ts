import { WindowLength, windowEndingAt } from "@weir/domain";
import { decisionsOfPolicy } from "@weir/store";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { effectOf, ModeChange } from "./effect.ts";

/** What a switch would change: the services it reaches, and what each policy decided about their real requests. */
export const explain = publicProcedure
  .input(z.object({ change: ModeChange, window: WindowLength }))
  .query(async ({ ctx, input }) => {
    const window = windowEndingAt(input.window, ctx.now());
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
            decisions: await decisionsOfPolicy(ctx.sql, policy, window),
          })),
        ),
      })),
    );
  });
