import { maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { acceptablePolicies, refusedText } from "./acceptable-policies.ts";
import { SavedPolicy, ShownRevision } from "./policy-schemas.ts";

const PutAll = z.object({
  text: z.string().max(maxPolicyText),
  /** What whoever confirms was shown to be in force, of each policy of the text. */
  shown: z.array(ShownRevision),
  /** Write over what was shown, whatever the text says it was made from: to restore a copy. */
  over: z.boolean().default(false),
  reason: Reason,
});

/**
 * Puts every policy of a text, or none: each in place of the revision that was shown, and of the one that the text says it
 * was made from. Another one in force is a conflict.
 */
export const putAll = operatorProcedure
  .input(PutAll)
  .output(z.array(SavedPolicy))
  .mutation(async ({ ctx, input: { text, shown, over, reason } }) => {
    const policies = await acceptablePolicies(text, ctx.config);
    if (policies.length === 0) throw refusedText("empty-text", "holds no policy");
    const shownOf = new Map(shown.map(({ namespace, name, revision }) => [`${namespace}/${name}`, revision]));
    const saved = await ctx.config.putPolicies(
      policies.map(({ policy, basedOn }) => {
        const seen = shownOf.get(`${policy.namespace}/${policy.name}`) ?? 0;
        return { policy, expectedRevision: over ? seen : (basedOn ?? seen) };
      }),
      { author: ctx.author, reason },
    );
    return saved.map(({ namespace, name, revision }) => ({ namespace, name, revision }));
  });
