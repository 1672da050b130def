import { z } from "zod";

/** In `observe` a policy is evaluated and counted only; in `enforce` it acts. */
export const Mode = z.enum(["observe", "enforce"]);
export type Mode = z.infer<typeof Mode>;

export interface ModeSources {
  /** Mesh-wide: forces observe over everything at once. */
  readonly hold: boolean;
  readonly mesh: Mode;
  readonly namespace?: Mode | undefined;
  readonly service?: Mode | undefined;
  readonly policy?: Mode | undefined;
}

/** Which level decided, for people who ask why. */
export type ModeOrigin = "hold" | "policy" | "service" | "namespace" | "mesh";

/** The mode in force: policy -> service -> namespace -> mesh, the first one set wins; hold forces observe. */
export function resolveMode(sources: ModeSources): { readonly mode: Mode; readonly origin: ModeOrigin } {
  if (sources.hold) return { mode: "observe", origin: "hold" };
  if (sources.policy) return { mode: sources.policy, origin: "policy" };
  if (sources.service) return { mode: sources.service, origin: "service" };
  if (sources.namespace) return { mode: sources.namespace, origin: "namespace" };
  return { mode: sources.mesh, origin: "mesh" };
}
