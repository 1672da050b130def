import { maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { acceptablePolicies, acceptablePolicy, refusedText } from "./acceptable-policies.ts";
import { PolicyRef } from "./policy-schemas.ts";

const SavedPolicy = z.object({ ...PolicyRef.shape, revision: z.number() });

/** Puts the one policy of a text, as its next revision. A draft of an older revision is a conflict. */
export const save = operatorProcedure
  .input(
    z.object({
      text: z.string().max(maxPolicyText),
      /** The revision the draft was begun from; 0 for a policy that must not exist yet. */
      expectedRevision: z.int32().min(0),
      reason: Reason,
    }),
  )
  .output(SavedPolicy)
  .mutation(async ({ ctx, input: { text, expectedRevision, reason } }) => {
    const policy = acceptablePolicy(text, await ctx.config.listServices());
    const { namespace, name, revision } = await ctx.config.putPolicy(policy, {
      author: ctx.author,
      expectedRevision,
      reason,
    });
    return { namespace, name, revision };
  });

/** Puts every policy of a text, whatever is in force under their names; none where one of them is not acceptable. */
export const putAll = operatorProcedure
  .input(z.object({ text: z.string().max(maxPolicyText), reason: Reason }))
  .output(z.array(SavedPolicy))
  .mutation(async ({ ctx, input: { text, reason } }) => {
    const policies = acceptablePolicies(text, await ctx.config.listServices());
    if (policies.length === 0) throw refusedText("empty-text", "holds no policy");
    const saved: z.infer<typeof SavedPolicy>[] = [];
    for (const policy of policies) {
      const { namespace, name, revision } = await ctx.config.putPolicy(policy, {
        author: ctx.author,
        reason,
      });
      saved.push({ namespace, name, revision });
    }
    return saved;
  });
