import { maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { acceptablePolicy } from "./acceptable-policies.ts";
import { SavedPolicy } from "./policy-schemas.ts";

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
    const policy = await acceptablePolicy(text, ctx.config);
    const { namespace, name, revision } = await ctx.config.putPolicy(policy, {
      author: ctx.author,
      expectedRevision,
      reason,
    });
    return { namespace, name, revision };
  });
