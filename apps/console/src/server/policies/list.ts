import { type Finding, neighbours, validatePolicy, WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { readTrafficFacts } from "../status/read-traffic-facts.ts";
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
  /**
   * What is wrong or odd about it as the mesh is now, and by the requests of late as far as there was time to read them; but for
   * what it says itself is meant so.
   */
  findings: z.object({ error: z.number(), warning: z.number(), info: z.number() }),
});
export type PolicyListItem = z.infer<typeof PolicyListItem>;

/** Nobody waits longer for a list than this to hear what the traffic says; what was read is there for the next who asks. */
const trafficWithinMs = 300;

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
    const all = policies.map(({ policy }) => policy);
    const neighboursOf = neighbours(all);
    const { findings } = await readTrafficFacts(ctx, all, { budgetMs: trafficWithinMs });
    const inTraffic = Map.groupBy(findings, ({ policy }) => policy);
    const counts = Map.groupBy(decisions, ({ namespace, policy }) => `${namespace}/${policy}`);
    return policies.map((stored) => {
      const head = policyHead(stored);
      const own = counts.get(`${head.namespace}/${head.name}`) ?? [];
      const sum = (of: "evaluated" | "wouldAct" | "acted") => own.reduce((all, row) => all + row[of], 0);
      return {
        ...head,
        evaluated: sum("evaluated"),
        changed: sum(head.inForce.mode === "enforce" ? "acted" : "wouldAct"),
        findings: countsOf([
          ...validatePolicy(stored.policy, services, neighboursOf(stored.policy), stored.policy),
          ...(inTraffic.get(stored.policy) ?? []).map(({ finding }) => finding),
        ]),
      };
    });
  });

function countsOf(findings: readonly Finding[]): PolicyListItem["findings"] {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity, ignored } of findings) if (!ignored) counts[severity]++;
  return counts;
}
