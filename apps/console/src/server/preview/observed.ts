import { WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { observedEffect } from "./observed-effect.ts";
import { EffectScope, ObservedEffect } from "./observed-schemas.ts";

/** What enforcing all policies of a scope would have done to a window's requests, by the sidecars' own counts. */
export const observed = publicProcedure
  .input(z.object({ scope: EffectScope, window: WindowText }))
  .output(ObservedEffect)
  .query(({ ctx, input }) => observedEffect(ctx, input.scope, windowOf(input.window, ctx.now())));
