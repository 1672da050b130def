import { CircleHelp, Equal, type LucideIcon, OctagonX, Shuffle } from "lucide-react";
import type { PreviewGroup } from "../view-model/effect-words.ts";

/** A shape for each group, so that colour says nothing alone. */
export const groupIcons: Readonly<Record<PreviewGroup, LucideIcon>> = {
  refused: OctagonX,
  changed: Shuffle,
  uncertain: CircleHelp,
  unchanged: Equal,
};

export const groupText: Readonly<Record<PreviewGroup, string>> = {
  refused: "text-failing",
  changed: "text-enforce",
  uncertain: "text-degraded",
  unchanged: "text-faint",
};

export const groupFill: Readonly<Record<PreviewGroup, string>> = {
  refused: "bg-failing",
  changed: "bg-enforce",
  uncertain: "bg-degraded",
  unchanged: "bg-line-strong",
};

/** The sign of a group, beside words that say the same. */
export function EffectGlyph({ group }: { group: PreviewGroup }) {
  const Icon = groupIcons[group];
  return <Icon size={12} aria-hidden className={`shrink-0 ${groupText[group]}`} />;
}
