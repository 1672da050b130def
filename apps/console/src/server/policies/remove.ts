import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { PolicyRef } from "./policy-schemas.ts";

/** Takes a policy away. Its revisions stay readable. */
export const remove = operatorProcedure
  .input(z.object({ ...PolicyRef.shape, expectedRevision: z.int32().min(1), reason: Reason }))
  .mutation(async ({ ctx, input: { namespace, name, expectedRevision, reason } }) => {
    await ctx.config.deletePolicy(namespace, name, { author: ctx.author, expectedRevision, reason });
  });
