import {
  ChevronDown,
  ChevronRight,
  CircleX,
  Eye,
  Link2,
  MessageSquare,
  RotateCw,
  Search,
  Shield,
} from "lucide-react";
import { memo } from "react";
import { classes } from "../../../ui/classes.ts";
import { formatCount, formatNs } from "../../../ui/format/numbers.ts";
import type { Stretch } from "../view-model/critical-path.ts";
import type { SpanMarks } from "../view-model/span-marks.ts";
import type { SpanTree } from "../view-model/span-tree.ts";
import type { TimeView } from "../view-model/time-view.ts";
import type { WaterfallRow } from "../view-model/waterfall-rows.ts";
import { isError, kindName, spanTitle } from "../view-model/waterfall-span.ts";
import { ServiceMark } from "./service-mark.tsx";

interface RowProps {
  readonly id: string;
  readonly row: WaterfallRow;
  readonly tree: SpanTree;
  /** The time that the bars show. */
  readonly view: TimeView;
  readonly marks: SpanMarks | undefined;
  readonly hue: string;
  readonly critical: readonly Stretch[] | undefined;
  readonly selected: boolean;
  readonly matches: boolean;
  /** To a match: itself or below it. */
  readonly leads: boolean;
  onToggle(row: WaterfallRow): void;
  onOpen(key: string): void;
}

/** Two columns; on a narrow page the time stands below the name. */
export const waterfallColumns =
  "grid grid-cols-1 max-sm:grid-rows-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]";

/** One span: its place in the tree on the left, its time on the right. Drawn again only when something of it changes. */
export const WaterfallRowView = memo(function WaterfallRowView(props: RowProps) {
  const { id, row, tree, hue, selected, matches } = props;
  const { span, depth, parent } = row.node;
  const siblings = parent?.children ?? tree.roots;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-setsize={siblings.length}
      aria-posinset={row.node.position + 1}
      aria-selected={selected}
      {...(row.expandable ? { "aria-expanded": row.expanded } : {})}
      onClick={() => props.onOpen(row.key)}
      className={classes(
        waterfallColumns,
        "h-full cursor-default border-line border-b text-xs",
        selected
          ? "-outline-offset-2 bg-accent-soft outline-accent group-focus-visible/tree:outline-2"
          : matches
            ? "bg-degraded-soft"
            : "hover:bg-hover",
      )}
    >
      <div className="flex min-w-0 items-center gap-1.5 pr-2" style={{ paddingLeft: indent(depth) }}>
        <Toggle row={row} onToggle={() => props.onToggle(row)} />
        <ServiceMark hue={hue} />
        <span className="shrink-0 font-medium">{span.service}</span>
        <span className="min-w-0 truncate text-muted">{spanTitle(span)}</span>
        <Marks row={row} marks={props.marks} hidesMatch={!row.expanded && props.leads && !matches} />
      </div>
      <div className="relative mx-3 min-w-0 overflow-hidden">
        <Bar {...props} />
      </div>
    </div>
  );
});

/** For pointers; the row itself says that it is expandable, and the arrow keys do it. */
function Toggle({ row, onToggle }: { row: WaterfallRow; onToggle(): void }) {
  if (!row.expandable) return <span className="w-4 shrink-0" />;
  const Icon = row.expanded ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm text-faint hover:text-text"
    >
      <Icon size={14} />
    </button>
  );
}

interface MarksProps {
  readonly row: WaterfallRow;
  readonly marks: SpanMarks | undefined;
  readonly hidesMatch: boolean;
}

function Marks({ row, marks, hidesMatch }: MarksProps) {
  const { span } = row.node;
  const flag = span.flag ?? marks?.flag ?? "";
  return (
    <span className="ml-auto flex shrink-0 items-center gap-1 text-faint">
      {hidesMatch && <Search size={11} role="img" aria-label="hides a match" className="text-degraded" />}
      <span className={row.hidesError ? "text-failing" : ""}>
        {notes(row).join(" ")}
        {row.hidesError && <span className="sr-only"> hides errors</span>}
      </span>
      {marks !== undefined && marks.again > 0 && (
        <span className="inline-flex items-center" title="Sent again by the sidecar">
          <RotateCw size={11} role="img" aria-label="sent again" /> {marks.again}
        </span>
      )}
      {flag !== "" && (
        <span className="rounded-sm border border-line-strong px-1 font-mono text-[0.625rem] text-muted">
          <span className="sr-only">response flag </span>
          {flag}
        </span>
      )}
      {(span.events ?? 0) + (marks?.logs ?? 0) > 0 && (
        <span className="inline-flex items-center gap-0.5">
          <MessageSquare size={11} role="img" aria-label="events and logs" />
          {(span.events ?? 0) + (marks?.logs ?? 0)}
        </span>
      )}
      {(span.links ?? 0) > 0 && <Link2 size={12} role="img" aria-label="has links" />}
      {marks?.decided === "acted" && (
        <Shield size={12} role="img" aria-label="a policy acted" className="text-enforce" />
      )}
      {marks?.decided === "would-act" && (
        <Eye size={12} role="img" aria-label="a policy would act" className="text-observe" />
      )}
      {isError(span) && <CircleX size={13} role="img" aria-label="failed" className="text-failing" />}
      <span className="hidden w-11 text-right xl:inline">{kindName(span.kind)}</span>
    </span>
  );
}

/** What is to be said of a row beside its span: how much it hides, and that its parent is not here. */
function notes(row: WaterfallRow): string[] {
  return [
    ...(row.expandable && !row.expanded ? [`+${formatCount(row.node.below)}`] : []),
    ...(row.node.missingParent ? ["parent missing"] : []),
    ...(row.node.inLoop ? ["loop cut here"] : []),
  ];
}

function Bar({ row, tree, view, hue, critical }: RowProps) {
  const { node } = row;
  const total = Math.max(1, view.toNs - view.fromNs);
  const percent = (ns: number) => `${((ns - view.fromNs) / total) * 100}%`;
  const width = `max(3px, ${((node.endNs - node.startNs) / total) * 100}%)`;
  const outside = node.endNs < view.fromNs || node.startNs > view.toNs;
  return (
    <>
      {!outside && (
        <span
          aria-hidden
          className={classes(
            "absolute top-1/2 h-3 -translate-y-1/2 overflow-hidden rounded-sm",
            isError(node.span) && "ring-1 ring-failing",
          )}
          style={{
            left: percent(node.startNs),
            width,
            background: `color-mix(in srgb, ${hue} 62%, var(--surface))`,
          }}
        >
          <SidecarShare node={node} />
        </span>
      )}
      {critical?.map(({ fromNs, toNs }) => (
        <span
          key={fromNs}
          aria-hidden
          className="absolute top-1/2 h-[3px] min-w-px -translate-y-1/2 bg-text"
          style={{ left: percent(fromNs), width: `${((toNs - fromNs) / total) * 100}%` }}
        />
      ))}
      <span
        className="absolute top-1/2 -translate-y-1/2 whitespace-nowrap rounded-sm bg-surface px-1 font-mono text-[0.6875rem] text-muted"
        style={labelPlace(node, view, percent)}
      >
        {formatNs(node.span.durationNs)}
        <span className="sr-only">
          {" "}
          from {formatNs(node.startNs - tree.startNs)}
          {critical && ", on the critical path"}
        </span>
      </span>
    </>
  );
}

/** Of a sidecar's span: what it did not spend waiting for its upstream, as a stripe of the sidecar's tone. */
function SidecarShare({ node: { span } }: { node: WaterfallRow["node"] }) {
  if (span.reporter === undefined || span.upstreamNs === undefined || span.durationNs <= 0) return null;
  const share = Math.max(0, span.durationNs - span.upstreamNs) / span.durationNs;
  return <span className="absolute bottom-0 left-0 h-1 bg-accent" style={{ width: `${100 * share}%` }} />;
}

/** Behind the bar; before it where it begins late, at its end where that leaves no room; at the border of what is out of sight. */
function labelPlace(node: WaterfallRow["node"], view: TimeView, percent: (ns: number) => string) {
  if (node.endNs < view.fromNs) return { left: 0 };
  if (node.startNs > view.toNs) return { right: 0 };
  const share = (ns: number) => (ns - view.fromNs) / Math.max(1, view.toNs - view.fromNs);
  if (share(node.startNs) > 0.6) return { right: `calc(100% - ${percent(node.startNs)} + 2px)` };
  if (share(node.endNs) > 0.85) return { right: `calc(100% - min(${percent(node.endNs)}, 100%) + 6px)` };
  return { left: `calc(min(${percent(node.endNs)}, 100% - 4rem) + 4px)` };
}

/** Deep traces must not push their names out of sight: from the twelfth level on the steps are tiny. */
function indent(depth: number): string {
  return `${6 + Math.min(depth, 12) * 12 + Math.max(0, Math.min(depth, 60) - 12) * 2}px`;
}
