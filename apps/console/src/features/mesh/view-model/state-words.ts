import type { SidecarState } from "./sidecar-state.ts";

/** What the state of a sidecar's config is called. */
export const stateWords: Record<SidecarState, string> = {
  refused: "refused it",
  behind: "not yet acknowledged",
  gone: "disconnected",
  waiting: "nothing sent yet",
  current: "up to date",
};
