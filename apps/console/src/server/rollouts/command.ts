import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownRollout, shownRollout } from "./shown-rollout.ts";

const step = z.int32().min(0);

/** What leaves or approves a step names the one that was seen, so that a click that comes late moves nothing. */
const Asked = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["pause", "resume", "abort"]) }),
  z.object({ kind: z.enum(["approve", "skip", "promote"]), step }),
]);

/** Has a rollout do what somebody asks of it, or says why not. */
export const command = operatorProcedure
  .input(RolloutRef.extend({ asked: Asked, reason: Reason }))
  .mutation(
    async ({ ctx, input: { id, asked, reason } }): Promise<ShownRollout> =>
      shownRollout(await ctx.config.commandRollout(id, asked, { author: ctx.author, reason })),
  );
