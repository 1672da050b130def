import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

/** The last changes, newest first; `before` is the id of the last one already shown. */
export const audit = publicProcedure
  .input(z.object({ limit: z.int().min(1).max(200), before: z.int().optional() }))
  .query(({ ctx, input }) => ctx.config.listAudit(input));
