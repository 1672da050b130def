import { ModeSwitch } from "@weir/domain";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { enforcementLine } from "./shown-enforcement.ts";

const most = 100;

/** Switches to enforce, the newest first. */
export const list = publicProcedure
  .input(
    z.object({
      at: ModeSwitch.optional(),
      /** Only those that the guard watches. */
      watching: z.boolean().optional(),
      before: z.int().optional(),
    }),
  )
  .query(async ({ ctx, input: { at, watching, before } }) => {
    const found = await ctx.config.listEnforcements({
      ...{ at, before, limit: most, phase: watching ? "watching" : undefined },
    });
    return found.map(enforcementLine);
  });
