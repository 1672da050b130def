import { ServiceRef } from "../changes/shown-change.ts";
import { publicProcedure } from "../trpc.ts";
import { type EnforcementLine, enforcementLine } from "./shown-enforcement.ts";

/** As many as guards watch at a time. */
const most = 1_000;

/** What was enforced about the requests of a service, by whatever switch, and is watched; the newest first. */
export const ofService = publicProcedure
  .input(ServiceRef)
  .query(async ({ ctx, input: { namespace, name } }): Promise<EnforcementLine[]> => {
    const { found } = await ctx.config.listEnforcements({ phase: "watching", limit: most });
    return found
      .filter(({ prediction }) =>
        prediction.services.some((one) => one.namespace === namespace && one.service === name),
      )
      .map(enforcementLine);
  });
