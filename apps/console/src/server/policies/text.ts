import { writePolicyText } from "@weir/policy-text";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

/** Every policy in one file, as `weir policy apply -f` and the page's import take it. */
export const text = publicProcedure.output(z.string()).query(async ({ ctx }) => {
  const policies = await ctx.config.listPolicies();
  return policies
    .map(({ policy }) => `# revision ${policy.revision}\n${writePolicyText(policy)}`)
    .join("---\n");
});
