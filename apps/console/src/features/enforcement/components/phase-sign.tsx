import type { EnforcementPhase } from "@weir/store";
import { CircleCheck, CircleSlash, Eye, ShieldOff, Undo2 } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { phaseWords } from "../view-model/phase-words.ts";

const icons = {
  watching: Eye,
  kept: CircleCheck,
  takenBack: Undo2,
  ended: CircleSlash,
  unguarded: ShieldOff,
};

/** Where an enforcement stands, as a sign with its word. */
export function PhaseSign({ phase }: { phase: EnforcementPhase }) {
  const { word, means, look } = phaseWords[phase];
  const Icon = icons[phase];
  return (
    <span
      title={means}
      className={classes(
        "inline-flex h-6 items-center gap-1 whitespace-nowrap rounded-md px-2 font-medium text-xs",
        look,
      )}
    >
      <Icon size={13} aria-hidden /> {word}
    </span>
  );
}
