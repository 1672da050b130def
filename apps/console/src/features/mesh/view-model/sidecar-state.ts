import type { SidecarStatus } from "@weir/store";

export type SidecarState = "gone" | "refused" | "behind" | "current" | "waiting";

/** In the order in which somebody should look at them. */
export const sidecarStates: readonly SidecarState[] = ["refused", "behind", "gone", "waiting", "current"];

type Facts = Pick<SidecarStatus, "connected" | "wantedVersion" | "ackedVersion" | "nackedVersion">;

/**
 * Where a sidecar is with its config. `refused`: it said no to what it should run and goes on with the one before;
 * `behind`: it has not answered yet; `waiting`: nothing was sent to it so far.
 */
export function sidecarState({ connected, wantedVersion, ackedVersion, nackedVersion }: Facts): SidecarState {
  if (!connected) return "gone";
  if (wantedVersion === undefined) return "waiting";
  if (ackedVersion === wantedVersion) return "current";
  return nackedVersion === wantedVersion ? "refused" : "behind";
}
