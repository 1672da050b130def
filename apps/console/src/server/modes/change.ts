import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";
import { ModeChange } from "./effect.ts";

/** Turns a switch. The sidecars concerned follow within a second; the reason stands in the audit. */
export const change = operatorProcedure
  .input(z.object({ change: ModeChange, reason: z.string().max(500).optional() }))
  .mutation(async ({ ctx, input: { change: wanted, reason } }) => {
    const by = { author: ctx.author, ...(reason === undefined ? {} : { reason }) };
    switch (wanted.scope) {
      case "service":
        return void (await ctx.config.setServiceMode(wanted.namespace, wanted.name, wanted.mode, by));
      case "mesh":
        return void (await ctx.config.setMeshMode(wanted.mode, by));
      case "hold":
        return void (await ctx.config.setMeshHold(wanted.hold, by));
    }
  });
