import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";

/** Takes a view away, for everybody. */
export const remove = operatorProcedure
  .input(z.object({ id: z.int32() }))
  .mutation(({ ctx, input }) => ctx.config.removeView(input.id));
