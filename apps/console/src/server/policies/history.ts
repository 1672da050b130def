import { writePolicyText } from "@weir/policy-text";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { publicProcedure } from "../trpc.ts";
import { PolicyRef } from "./policy-schemas.ts";

const PolicyRevision = z.object({
  revision: z.number(),
  /** YAML; absent where this revision deleted the policy. */
  text: z.string().optional(),
  author: z.string(),
  reason: Reason,
  atMs: z.number(),
});
export type PolicyRevision = z.infer<typeof PolicyRevision>;

/** Every revision of a policy, the newest first; those of a deleted one, too. */
export const history = publicProcedure
  .input(PolicyRef)
  .output(z.array(PolicyRevision))
  .query(async ({ ctx, input: { namespace, name } }) => {
    const revisions = await ctx.config.policyRevisions(namespace, name);
    return revisions.map(({ revision, policy, author, reason, createdAt }) => ({
      ...{ revision, author, reason },
      text: policy && writePolicyText(policy),
      atMs: createdAt.getTime(),
    }));
  });
