import type { Mode } from "@weir/domain";
import { Eye, Pause, ShieldCheck } from "lucide-react";
import { classes } from "../../../ui/classes.ts";

export type ShownMode = Mode | "hold";

export const modeIcons = { observe: Eye, enforce: ShieldCheck, hold: Pause };

const looks: Record<ShownMode, string> = {
  observe: "bg-observe-soft text-observe",
  enforce: "bg-enforce-soft text-enforce",
  hold: "bg-hold text-on-hold",
};

/** A mode as a sign: an eye, a shield or a pause, with its word. */
export function ModeSign({ mode, className }: { mode: ShownMode; className?: string }) {
  const Icon = modeIcons[mode];
  return (
    <span
      className={classes(
        "inline-flex h-6 items-center gap-1 rounded-md px-2 font-medium text-xs",
        looks[mode],
        className,
      )}
    >
      <Icon size={13} aria-hidden />
      {mode}
    </span>
  );
}
