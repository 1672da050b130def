import { z } from "zod";
import { PolicyRef } from "../policies/policy-schemas.ts";
import { publicProcedure } from "../trpc.ts";
import { rolloutProgress } from "./rollout-progress.ts";

const Progress = z.object({
  total: z.number(),
  running: z.number(),
  refused: z.array(z.object({ workload: z.string(), reason: z.string() })),
});

/** How many sidecars run the canary as it stands now; null where there is none. */
export const rollout = publicProcedure
  .input(PolicyRef)
  .output(Progress.nullable())
  .query(async ({ ctx, input }) => {
    const [stored, sidecars] = await Promise.all([
      ctx.config.getPolicy(input.namespace, input.name),
      ctx.config.listSidecars(),
    ]);
    if (!stored) return null;
    const { total, running, refused } = rolloutProgress(sidecars, stored.changedAt);
    return { total, running, refused: [...refused] };
  });
