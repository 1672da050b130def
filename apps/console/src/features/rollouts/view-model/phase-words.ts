import type { Phase } from "@weir/rollout";

export const phaseWords: Readonly<Record<Phase, string>> = {
  running: "running",
  paused: "paused",
  succeeded: "succeeded",
  rolledBack: "rolled back",
  aborted: "aborted",
};
