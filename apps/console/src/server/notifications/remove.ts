import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

/** With what waits for it. */
export const remove = operatorProcedure
  .input(TargetId)
  .mutation(({ ctx, input }) => ctx.config.removeTarget(input.id));
