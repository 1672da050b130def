import { isDeepStrictEqual } from "node:util";
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
      case "policy": {
        const { namespace, name, mode } = wanted;
        const expected = ifStill?.scope === "policy" ? ifStill.mode : undefined;
        return {
          former: {
            ...wanted,
            mode: await ctx.config.setPolicyMode(namespace, name, mode, { ...by, expected }),
          },
        };
      }
      case "namespace": {
        const { name, mode } = wanted;
        const expected = ifStill?.scope === "namespace" ? ifStill.mode : undefined;
        return {
          former: { ...wanted, mode: await ctx.config.setNamespaceMode(name, mode, { ...by, expected }) },
        };
      }
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
  return isDeepStrictEqual({ ...a, mode: null, hold: null }, { ...b, mode: null, hold: null });
}
