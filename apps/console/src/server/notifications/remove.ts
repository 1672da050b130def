import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

/** With what waits for it. */
export const remove = operatorProcedure
  .input(z.object({ ...TargetId.shape, reason: Reason }))
  .mutation(({ ctx, input: { id, reason } }) => ctx.config.removeTarget(id, { author: ctx.author, reason }));
