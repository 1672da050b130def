import { ServiceRef } from "../changes/shown-change.ts";
import { publicProcedure } from "../trpc.ts";
import { type EnforcementLine, enforcementLine } from "./shown-enforcement.ts";

/** Of more there is a list, on the page of enforcements. */
const most = 100;

/** What was enforced about the requests of a service, by whatever switch, and is watched; the newest first. */
export const ofService = publicProcedure
  .input(ServiceRef)
  .query(async ({ ctx, input: { namespace, name } }): Promise<EnforcementLine[]> => {
    const watched = await ctx.config.enforcementsWatching({ namespace, service: name }, most);
    return watched.map(enforcementLine);
  });
