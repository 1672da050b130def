import { z } from "zod";
import { sidecarUsage } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** Sidecars tell every ten seconds; CPU time is what lies between the first and the last word. */
const lastMs = 60_000;

const Usage = z.object({
  proxyId: z.string(),
  /** Of one core, 1 for all of it; absent until there is enough to tell. */
  cores: z.number().optional(),
  /** Resident. */
  memoryBytes: z.number().optional(),
});

/** What the process of each sidecar cost over the last minute. */
export const usage = publicProcedure
  .output(z.array(Usage))
  .query(({ ctx }) => sidecarUsage(ctx.sql, ctx.now() - lastMs));
