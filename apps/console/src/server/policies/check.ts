import { policyKinds } from "@weir/domain";
import { checkPolicyText, maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { PlacedFinding, PolicyRef } from "./policy-schemas.ts";

const CheckedDraft = z.object({
  /** Absent where the draft is not well formed. */
  policy: z.object({ ...PolicyRef.shape, kind: z.enum(policyKinds), targetRef: z.string() }).optional(),
  /** The revision in force of a policy of this name; 0: there is none. */
  liveRevision: z.number(),
  findings: z.array(PlacedFinding),
});
export type CheckedDraft = z.infer<typeof CheckedDraft>;

/** What is wrong or odd about the policies of a text, each finding at its line. Writes nothing. */
export const check = publicProcedure
  .input(z.object({ text: z.string().max(maxPolicyText) }))
  .output(z.array(CheckedDraft))
  .query(async ({ ctx, input }) => {
    const [services, policies] = await Promise.all([ctx.config.listServices(), ctx.config.listPolicies()]);
    const live = new Map(
      policies.map(({ policy }) => [`${policy.namespace}/${policy.name}`, policy.revision]),
    );
    return checkPolicyText(
      input.text,
      services,
      policies.map(({ policy }) => policy),
    ).map(({ policy, findings }) => ({
      policy: policy && {
        ...{ namespace: policy.namespace, name: policy.name },
        ...{ kind: policy.kind, targetRef: policy.targetRef },
      },
      liveRevision: (policy && live.get(`${policy.namespace}/${policy.name}`)) ?? 0,
      findings: [...findings],
    }));
  });
