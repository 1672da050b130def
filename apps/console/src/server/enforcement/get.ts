import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { shownEnforcement } from "./shown-enforcement.ts";

export const EnforcementId = z.int().min(1).max(2_147_483_647);

/** What was predicted, what was seen since, and what became of it. */
export const get = publicProcedure
  .input(z.object({ id: EnforcementId }))
  .query(async ({ ctx, input: { id } }) => {
    const [stored, events] = await Promise.all([
      ctx.config.getEnforcement(id),
      ctx.config.enforcementEvents(id),
    ]);
    if (!stored) throw new TRPCError({ code: "NOT_FOUND", message: `there is no enforcement ${id}` });
    return shownEnforcement(stored, events);
  });
