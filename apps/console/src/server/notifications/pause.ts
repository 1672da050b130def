import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

/** Stops and resumes what is told to a target. */
export const pause = operatorProcedure
  .input(z.object({ ...TargetId.shape, paused: z.boolean() }))
  .mutation(({ ctx, input: { id, paused } }) => ctx.config.pauseTarget(id, paused, { author: ctx.author }));
