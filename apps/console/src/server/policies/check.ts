import { enforcedPolicies, type MeshConfig, type Policy, policyKinds } from "@weir/domain";
import { checkPolicyText, maxPolicyText, stalePolicy } from "@weir/policy-text";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { PlacedFinding, PolicyRef, ShownRevision } from "./policy-schemas.ts";
import { trafficFindingsOf } from "./traffic-findings-of.ts";

const CheckedDraft = z.object({
  /** Absent where the draft is not well formed. */
  policy: z.object({ ...PolicyRef.shape, kind: z.enum(policyKinds), targetRef: z.string() }).optional(),
  /** The revision in force of a policy of this name; 0: there is none. */
  liveRevision: z.number(),
  /** As soon as it is saved it acts on requests, as the policy of its name has not until now; held or not. */
  begins: z.boolean(),
  findings: z.array(PlacedFinding),
  /** It was made from another revision than the one in force, which would be written over. `patch` has both versions. */
  stale: z.object({ message: z.string(), patch: z.string() }).optional(),
});
export type CheckedDraft = z.infer<typeof CheckedDraft>;

const CheckPolicies = z.object({
  text: z.string().max(maxPolicyText),
  /** What somebody was shown to be in force: policies whose text does not say so itself were made from these. */
  shown: z.array(ShownRevision).default([]),
});

/** For the patches of all of a text together, while which nobody else is answered. */
const patchBudgetMs = 500;

/** What is wrong or odd about the policies of a text, each finding at its line. Writes nothing. */
export const check = publicProcedure
  .input(CheckPolicies)
  .output(z.array(CheckedDraft))
  .query(async ({ ctx, input }) => {
    const [services, stored, mesh] = await Promise.all([
      ctx.config.listServices(),
      ctx.config.listPolicies(),
      ctx.config.readMeshConfig(),
    ]);
    const inForce = stored.map(({ policy }) => policy);
    const live = new Map(inForce.map((policy) => [nameOf(policy), policy]));
    const shown = new Map(input.shown.map((one) => [nameOf(one), one.revision]));
    const acting = new Set(enforcedPolicies(mesh).map(nameOf));
    const drafts = checkPolicyText(input.text, services, inForce);
    const inTraffic = await trafficFindingsOf(ctx, drafts, inForce);
    const answers: CheckedDraft[] = [];
    let patchMs = patchBudgetMs;
    for (const draft of drafts) {
      const { policy, basedOn } = draft;
      const findings = [...draft.findings, ...(inTraffic.get(draft) ?? [])];
      if (!policy) {
        answers.push({ liveRevision: 0, begins: false, findings });
        continue;
      }
      const { namespace, name, kind, targetRef } = policy;
      const own = live.get(nameOf(policy));
      const based = { policy, basedOn: basedOn ?? shown.get(nameOf(policy)) };
      const [last] = based.basedOn && !own ? await ctx.config.policyRevisions(namespace, name) : [];
      const fromMs = ctx.clock();
      const stale = stalePolicy(based, own, last?.author, Math.max(0, patchMs));
      patchMs -= ctx.clock() - fromMs;
      answers.push({
        policy: { namespace, name, kind, targetRef },
        liveRevision: own?.revision ?? 0,
        begins: !acting.has(nameOf(policy)) && actsIn(mesh, policy),
        findings,
        stale,
      });
    }
    return answers;
  });

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function actsIn(mesh: MeshConfig, policy: Policy): boolean {
  return enforcedPolicies({ ...mesh, policies: [{ ...policy, revision: 0 }] }).length > 0;
}
