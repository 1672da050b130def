import { CircleX } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { formatNs, plural } from "../../../ui/format/numbers.ts";
import type { FlameFrame } from "../view-model/flame/flame-graph.ts";
import type { PlacedFrame } from "../view-model/flame/flame-levels.ts";

interface FrameProps {
  readonly id: string;
  readonly placed: PlacedFrame;
  readonly hue: string;
  readonly selected: boolean;
  /** Stands above the frame that takes the whole width. */
  readonly above: boolean;
  onZoom(frame: FlameFrame): void;
  onPoint(frame: FlameFrame | undefined): void;
}

/** Share of the width below which no letter would fit; padding alone would make it wider than it is. */
const leastForText = 0.012;

/** One frame: as wide as its time or its spans, in the colour of its service; a cross says that some of its spans failed. */
export function FlameFrameView({ id, placed, hue, selected, above, onZoom, onPoint }: FrameProps) {
  const { frame, left, width } = placed;
  const hasRoom = width >= leastForText;
  const failed = frame.failed > 0 ? `, ${frame.failed} failed` : "";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree
    <div
      id={id}
      role="treeitem"
      aria-level={frame.depth + 1}
      aria-selected={selected}
      aria-label={`${frame.service} ${frame.title}, ${formatNs(frame.timeNs)}, ${plural(frame.count, "span")}${failed}`}
      title={`${frame.service} ${frame.title}`}
      onClick={() => onZoom(frame)}
      onPointerEnter={() => onPoint(frame)}
      onPointerLeave={() => onPoint(undefined)}
      className={classes(
        "absolute inset-y-0 flex cursor-pointer items-center gap-1 overflow-hidden whitespace-nowrap rounded-[2px] border-surface border-b text-xs hover:brightness-110",
        hasRoom && "border-r px-1",
        selected && "outline-2 -outline-offset-2 outline-accent",
      )}
      style={{
        left: `${left * 100}%`,
        width: `${width * 100}%`,
        background:
          frame.depth === 0
            ? "var(--sunken)"
            : `color-mix(in srgb, ${hue} ${above ? 10 : hasRoom ? 28 : 62}%, var(--surface))`,
        borderLeft: frame.depth > 0 && hasRoom ? `2px solid ${hue}` : "1px solid var(--surface)",
      }}
    >
      {hasRoom && frame.failed > 0 && <CircleX size={11} aria-hidden className="shrink-0 text-failing" />}
      {hasRoom && (
        <span aria-hidden className="truncate">
          <bdi>{frame.service}</bdi> <bdi className="text-muted">{frame.title}</bdi>
        </span>
      )}
    </div>
  );
}
