import { type FindingCode, findingOf, type Policy, ValidationError } from "@weir/domain";
import { checkPolicyText, maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
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
    const [policy, ...more] = acceptable(text, await ctx.config.listServices());
    if (!policy || more.length > 0)
      throw policy
        ? refused("several-policies", `holds ${more.length + 1} policies, and one is saved at a time`)
        : refused("empty-text", "holds no policy");
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
    const policies = acceptable(text, await ctx.config.listServices());
    if (policies.length === 0) throw refused("empty-text", "holds no policy");
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

/** @throws ValidationError with every error of the text. */
function acceptable(text: string, services: Parameters<typeof checkPolicyText>[1]): Policy[] {
  const checked = checkPolicyText(text, services);
  const errors = checked.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
  if (errors.length > 0) throw new ValidationError("the text", errors);
  return checked.flatMap(({ policy }) => policy ?? []);
}

function refused(code: FindingCode, message: string): ValidationError {
  return new ValidationError("the text", [findingOf(code, "", message)]);
}
