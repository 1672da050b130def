import { TargetChange } from "@weir/domain";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

const Changed = z.object({ ...TargetId.shape, target: TargetChange, reason: Reason });

/** What a target is told of, and where; its format stays. */
export const change = operatorProcedure
  .input(Changed)
  .mutation(({ ctx, input: { id, target, reason } }) =>
    ctx.config.changeTarget(id, target, { author: ctx.author, reason }),
  );
