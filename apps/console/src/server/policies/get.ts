import { TRPCError } from "@trpc/server";
import { writePolicyText } from "@weir/policy-text";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { policyHead } from "./policy-head.ts";
import { PolicyHead, PolicyRef } from "./policy-schemas.ts";

/** A policy as YAML. One that was deleted has no text; its history says what it was. */
export const get = publicProcedure
  .input(PolicyRef)
  .output(z.object({ head: PolicyHead, text: z.string() }).nullable())
  .query(async ({ ctx, input: { namespace, name } }) => {
    const stored = await ctx.config.getPolicy(namespace, name);
    if (stored) return { head: policyHead(stored), text: writePolicyText(stored.policy) };
    if ((await ctx.config.policyRevisions(namespace, name)).length > 0) return null;
    throw new TRPCError({ code: "NOT_FOUND", message: `no policy ${name} in namespace ${namespace}` });
  });
