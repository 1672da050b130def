import { enforcedPolicies, type MeshConfig, type Policy, policyKinds } from "@weir/domain";
import { checkPolicyText, maxPolicyText } from "@weir/policy-text";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { PlacedFinding, PolicyRef } from "./policy-schemas.ts";
import { trafficFindingsOf } from "./traffic-findings-of.ts";

const CheckedDraft = z.object({
  /** Absent where the draft is not well formed. */
  policy: z.object({ ...PolicyRef.shape, kind: z.enum(policyKinds), targetRef: z.string() }).optional(),
  /** The revision in force of a policy of this name; 0: there is none. */
  liveRevision: z.number(),
  /** As soon as it is saved it acts on requests, as the policy of its name has not until now; held or not. */
  begins: z.boolean(),
  findings: z.array(PlacedFinding),
});
export type CheckedDraft = z.infer<typeof CheckedDraft>;

/** What is wrong or odd about the policies of a text, each finding at its line. Writes nothing. */
export const check = publicProcedure
  .input(z.object({ text: z.string().max(maxPolicyText) }))
  .output(z.array(CheckedDraft))
  .query(async ({ ctx, input }) => {
    const [services, stored, mesh] = await Promise.all([
      ctx.config.listServices(),
      ctx.config.listPolicies(),
      ctx.config.readMeshConfig(),
    ]);
    const inForce = stored.map(({ policy }) => policy);
    const live = new Map(inForce.map((policy) => [`${policy.namespace}/${policy.name}`, policy.revision]));
    const acting = new Set(enforcedPolicies(mesh).map(({ namespace, name }) => `${namespace}/${name}`));
    const drafts = checkPolicyText(input.text, services, inForce);
    const inTraffic = await trafficFindingsOf(ctx, drafts, inForce);
    return drafts.map((draft) => {
      const { policy, findings } = draft;
      return {
        policy: policy && {
          ...{ namespace: policy.namespace, name: policy.name },
          ...{ kind: policy.kind, targetRef: policy.targetRef },
        },
        liveRevision: (policy && live.get(`${policy.namespace}/${policy.name}`)) ?? 0,
        begins:
          policy !== undefined && !acting.has(`${policy.namespace}/${policy.name}`) && actsIn(mesh, policy),
        findings: [...findings, ...(inTraffic.get(draft) ?? [])],
      };
    });
  });

function actsIn(mesh: MeshConfig, policy: Policy): boolean {
  return enforcedPolicies({ ...mesh, policies: [{ ...policy, revision: 0 }] }).length > 0;
}
