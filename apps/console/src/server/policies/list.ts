import { neighbours, validatePolicy, WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { decisionsByPolicy } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { policyHead } from "./policy-head.ts";
import { PolicyHead } from "./policy-schemas.ts";

const PolicyListItem = z.object({
  ...PolicyHead.shape,
  /** Requests of the window that it was evaluated for. */
  evaluated: z.number(),
  /** Of those, how many it changed; while it observes, would have changed. */
  changed: z.number(),
  /** What is wrong or odd about it as the mesh is now, but for what it says itself is meant so. */
  findings: z.number(),
});
export type PolicyListItem = z.infer<typeof PolicyListItem>;

/** Every policy, with what it decided in a window. By namespace and name. */
export const list = publicProcedure
  .input(z.object({ window: WindowText }))
  .output(z.array(PolicyListItem))
  .query(async ({ ctx, input }) => {
    const [policies, services, decisions] = await Promise.all([
      ctx.config.listPolicies(),
      ctx.config.listServices(),
      decisionsByPolicy(ctx.sql, windowOf(input.window, ctx.now())),
    ]);
    const neighboursOf = neighbours(policies.map(({ policy }) => policy));
    const counts = Map.groupBy(decisions, ({ namespace, policy }) => `${namespace}/${policy}`);
    return policies.map((stored) => {
      const head = policyHead(stored);
      const own = counts.get(`${head.namespace}/${head.name}`) ?? [];
      const sum = (of: "evaluated" | "wouldAct" | "acted") => own.reduce((all, row) => all + row[of], 0);
      return {
        ...head,
        evaluated: sum("evaluated"),
        changed: sum(head.inForce.mode === "enforce" ? "acted" : "wouldAct"),
        findings: validatePolicy(stored.policy, services, neighboursOf(stored.policy)).filter(
          ({ ignored }) => !ignored,
        ).length,
      };
    });
  });
