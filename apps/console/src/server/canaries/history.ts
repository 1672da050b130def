import { z } from "zod";
import { PolicyRef } from "../policies/policy-schemas.ts";
import { publicProcedure } from "../trpc.ts";
import { Backends } from "./canary-schemas.ts";

const Revision = z.object({
  revision: z.number(),
  /** Absent where this revision took the canary away. */
  backends: Backends.optional(),
  author: z.string(),
  reason: z.string().optional(),
  atMs: z.number(),
});

/** Every revision of a canary, the newest first. */
export const history = publicProcedure
  .input(PolicyRef)
  .output(z.array(Revision))
  .query(async ({ ctx, input }) => {
    const revisions = await ctx.config.policyRevisions(input.namespace, input.name);
    return revisions.map(({ revision, policy, author, reason, createdAt }) => ({
      revision,
      backends: policy?.kind === "canary" ? policy.backends : undefined,
      author,
      reason,
      atMs: createdAt.getTime(),
    }));
  });
