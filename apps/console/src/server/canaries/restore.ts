import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { CanaryRef } from "./canary-schemas.ts";

const RestoreCanary = CanaryRef.extend({
  /** The one to come back to. */
  revision: z.int32().min(1),
  /** The one in force now; 0 where the canary was removed. */
  expectedRevision: z.int32().min(0),
  reason: Reason,
});

/** Puts an earlier revision of a canary, whole as it was, as the next one. Refused when another is in force than expected. */
export const restore = operatorProcedure
  .input(RestoreCanary)
  .output(z.object({ revision: z.number() }))
  .mutation(async ({ ctx, input }) => {
    const { namespace, name, expectedRevision, reason } = input;
    const revisions = await ctx.config.policyRevisions(namespace, name);
    const former = revisions.find(({ revision }) => revision === input.revision)?.policy;
    if (former?.kind !== "canary")
      throw new TRPCError({
        code: "NOT_FOUND",
        message: `revision ${input.revision} of ${namespace}/${name} is no canary`,
      });
    const { revision: _, ...policy } = former;
    const change = { author: ctx.author, expectedRevision, reason };
    return { revision: (await ctx.config.putPolicy(policy, change)).revision };
  });
