import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { PolicyRef } from "./policy-schemas.ts";

const RestorePolicy = z.object({
  ...PolicyRef.shape,
  /** The one to come back to. */
  revision: z.int32().min(1),
  /** The one in force now; 0 where the policy was deleted. */
  expectedRevision: z.int32().min(0),
  reason: Reason,
});

/** Puts an earlier revision of a policy, whole as it was, as the next one. Refused when another is in force than expected. */
export const restore = operatorProcedure
  .input(RestorePolicy)
  .output(z.object({ revision: z.number() }))
  .mutation(async ({ ctx, input: { namespace, name, revision, expectedRevision, reason } }) => {
    const revisions = await ctx.config.policyRevisions(namespace, name);
    const former = revisions.find((one) => one.revision === revision)?.policy;
    if (former === undefined)
      throw new TRPCError({
        code: "NOT_FOUND",
        message: `revision ${revision} of ${namespace}/${name} has nothing to come back to`,
      });
    const { revision: _, ...policy } = former;
    const change = { author: ctx.author, expectedRevision, reason };
    return { revision: (await ctx.config.putPolicy(policy, change)).revision };
  });
