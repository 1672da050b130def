import { Anchor, BellRing, PackagePlus, Rocket, ScrollText, Split, ToggleRight } from "lucide-react";
import type { ChangeKind } from "../../../server/changes/shown-change.ts";

const glyphs: Record<ChangeKind, typeof Split> = {
  weights: Split,
  policy: ScrollText,
  mode: ToggleRight,
  stable: Anchor,
  version: PackagePlus,
  rollout: Rocket,
  target: BellRing,
};

/** What kind of change it was, as a small sign beside the words that say it. */
export function ChangeGlyph({ kind, size }: { kind: ChangeKind; size: number }) {
  const Glyph = glyphs[kind];
  return <Glyph size={size} aria-hidden className="shrink-0" />;
}
