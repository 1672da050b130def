import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { ModeChange } from "./effect.ts";

const TurnSwitch = z.object({
  change: ModeChange,
  /** What the same switch was set to by the change that this one takes back; refused when it stands elsewhere by now. */
  ifStill: ModeChange.optional(),
  reason: Reason,
});

/**
 * Turns a switch. The sidecars concerned follow within a second; the reason stands in the audit. `former` is the change
 * that takes this one back.
 */
export const change = operatorProcedure
  .input(TurnSwitch)
  .output(z.object({ former: ModeChange }))
  .mutation(async ({ ctx, input: { change: wanted, ifStill, reason } }) => {
    if (ifStill && !isSameSwitch(ifStill, wanted))
      throw new TRPCError({
        code: "BAD_REQUEST",
        message: "ifStill is about another switch than the change",
      });
    const by = { author: ctx.author, reason };
    switch (wanted.scope) {
      case "service": {
        const { namespace, name, mode } = wanted;
        const expected = ifStill?.scope === "service" ? ifStill.mode : undefined;
        const former = await ctx.config.setServiceMode(namespace, name, mode, { ...by, expected });
        return { former: { ...wanted, mode: former } };
      }
      case "mesh": {
        const expected = ifStill?.scope === "mesh" ? ifStill.mode : undefined;
        return {
          former: { ...wanted, mode: await ctx.config.setMeshMode(wanted.mode, { ...by, expected }) },
        };
      }
      case "hold": {
        const expected = ifStill?.scope === "hold" ? ifStill.hold : undefined;
        return {
          former: { ...wanted, hold: await ctx.config.setMeshHold(wanted.hold, { ...by, expected }) },
        };
      }
    }
  });

function isSameSwitch(a: ModeChange, b: ModeChange): boolean {
  if (a.scope !== "service" || b.scope !== "service") return a.scope === b.scope;
  return a.namespace === b.namespace && a.name === b.name;
}
