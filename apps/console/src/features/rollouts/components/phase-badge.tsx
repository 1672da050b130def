import type { Phase } from "@weir/rollout";
import { CircleCheck, CirclePause, CirclePlay, CircleX, Undo2 } from "lucide-react";
import { phaseWords } from "../view-model/phase-words.ts";

const looks: Readonly<Record<Phase, { readonly Icon: typeof CirclePlay; readonly tone: string }>> = {
  running: { Icon: CirclePlay, tone: "bg-accent-soft text-accent" },
  paused: { Icon: CirclePause, tone: "bg-degraded-soft text-degraded" },
  succeeded: { Icon: CircleCheck, tone: "bg-ok-soft text-ok" },
  rolledBack: { Icon: Undo2, tone: "bg-failing-soft text-failing" },
  aborted: { Icon: CircleX, tone: "bg-failing-soft text-failing" },
};

/** What a rollout is doing, as a sign with its word. */
export function PhaseBadge({ phase }: { phase: Phase }) {
  const { Icon, tone } = looks[phase];
  return (
    <span
      className={`inline-flex h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded-md px-2 font-medium text-xs ${tone}`}
    >
      <Icon size={13} aria-hidden />
      {phaseWords[phase]}
    </span>
  );
}
