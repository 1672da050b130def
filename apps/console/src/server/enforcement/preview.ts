import { type MeshConfig, type Mode, ModeSwitch, newlyEnforced, WindowText, windowOf } from "@weir/domain";
import { gateOf } from "@weir/rollout";
import { z } from "zod";
import { predictEnforcement } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { shownPrediction } from "./shown-enforcement.ts";

/** What enforcing would do, by what the policies concerned observed in a window, and what somebody has to agree to first. */
export const preview = publicProcedure
  .input(z.object({ at: ModeSwitch, window: WindowText }))
  .query(async ({ ctx, input: { at, window } }) => {
    const config = await ctx.config.readMeshConfig();
    const prediction = await predictEnforcement(ctx.sql, config, at, windowOf(window, ctx.now()));
    const {
      found: [watching],
    } = await ctx.config.listEnforcements({ at, phase: "watching", limit: 1 });
    const mode = modeAt(config, at);
    return {
      prediction: shownPrediction(prediction),
      gate: gateOf(prediction),
      /** What the switch stands at; null: inherited; absent: there is no such thing. */
      ...(mode !== undefined && { mode }),
      held: config.mesh.hold,
      /** Inheriting would do the same: what stands above it is enforced. */
      inherits: newlyEnforced(config, at, null).length > 0,
      /** The enforcement that is watched already. */
      ...(watching && mode === "enforce" && { watching: watching.id }),
    };
  });

function modeAt(config: MeshConfig, at: ModeSwitch): Mode | null | undefined {
  if (at.scope === "mesh") return config.mesh.mode;
  if (at.scope === "namespace") return own(config.namespaces.find(({ name }) => name === at.name));
  const rows = at.scope === "service" ? config.services : config.policies;
  return own(rows.find(({ namespace, name }) => namespace === at.namespace && name === at.name));
}

function own(row: { readonly mode?: Mode | undefined } | undefined): Mode | null | undefined {
  return row && (row.mode ?? null);
}
