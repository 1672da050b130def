"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ZoomOut } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Kbd } from "../../../ui/kbd.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { type FlameState, useFlame } from "../hooks/use-flame.ts";
import type { FlameFrame } from "../view-model/flame/flame-graph.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import { FlameFacts } from "./flame-facts.tsx";
import { FlameFrameView } from "./flame-frame.tsx";
import { hueOf } from "./service-mark.tsx";

const levelHeight = 24;

interface FlameProps {
  readonly layout: TraceLayout;
  /** Stands first among the controls. */
  readonly views: ReactNode;
  /** Shows the spans of a frame in the timeline. */
  onFind(service: string, operation: string): void;
}

/** A trace merged by paths of service and operation, from the whole at the top down to single calls. */
export function FlameView({ layout, views, onFind }: FlameProps) {
  const flame = useFlame(layout.tree);
  const { by, setBy, whole, focus, selected, zoomTo } = flame;
  const [pointed, setPointed] = useState<FlameFrame>();
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
        {views}
        <Segments
          label="A frame is as wide as"
          value={by}
          onChange={setBy}
          options={[
            { value: "time", label: "Time" },
            { value: "count", label: "Spans" },
          ]}
        />
        <Button look="quiet" size="small" disabled={focus === whole} onClick={() => zoomTo(whole)}>
          <ZoomOut size={13} aria-hidden /> Whole trace
        </Button>
        {selected.depth > 0 && (
          <Button look="quiet" size="small" onClick={() => onFind(selected.service, selected.operation)}>
            Spans of this in the timeline
          </Button>
        )}
        <span className="ml-auto flex items-center gap-1 text-faint text-xs max-xl:hidden">
          <Kbd>←</Kbd>
          <Kbd>→</Kbd>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move <Kbd>Enter</Kbd> zoom <Kbd>Esc</Kbd> back
        </span>
      </div>
      <p className="min-h-9 shrink-0 border-line border-b px-4 py-2 text-xs">
        <FlameFacts frame={pointed ?? selected} whole={whole} />
      </p>
      <Picture flame={flame} layout={layout} onPoint={setPointed} />
      <p className="sr-only" aria-live="polite">
        {`${selected.service} ${selected.title}`}
      </p>
    </div>
  );
}

interface PictureProps {
  readonly flame: FlameState;
  readonly layout: TraceLayout;
  onPoint(frame: FlameFrame | undefined): void;
}

/** The frames; only the levels in sight are in the page. */
function Picture({ flame, layout, onPoint }: PictureProps) {
  const { levels, selected, focus, zoomTo, onKeyDown } = flame;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: levels.length,
    getScrollElement: () => box.current,
    estimateSize: () => levelHeight,
    overscan: 4,
  });
  const { depth } = selected;
  useEffect(() => virtual.scrollToIndex(depth, { align: "auto" }), [depth, virtual]);
  return (
    <div
      ref={box}
      role="tree"
      tabIndex={0}
      aria-label="Flame graph of this trace"
      aria-activedescendant={`${id}-${selected.key}`}
      onKeyDown={onKeyDown}
      className="min-h-0 grow overflow-y-auto overflow-x-hidden px-4 py-2 -outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ height: levelHeight, transform: `translateY(${item.start}px)` }}
          >
            {levels[item.index]?.map((placed) => (
              <FlameFrameView
                key={placed.frame.key}
                id={`${id}-${placed.frame.key}`}
                placed={placed}
                hue={hueOf(layout.facts.services, placed.frame.service)}
                selected={placed.frame === selected}
                above={placed.frame.depth < focus.depth}
                onZoom={zoomTo}
                onPoint={onPoint}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
