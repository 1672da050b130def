"use client";

import { useTheme } from "next-themes";
import { useEffect, useMemo, useRef } from "react";
import { formatNs } from "../../../ui/format/numbers.ts";
import { useBrush } from "../hooks/use-brush.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";
import { type MinimapColumns, minimapColumns } from "../view-model/minimap-columns.ts";
import { isWhole, zoomed } from "../view-model/time-view.ts";

const width = 1_200;
const height = 36;

/**
 * The whole trace in little: how many spans were under way, the critical path, failures. Draw over it to see that time only,
 * double-click for all. The keys + - a d 0 do the same.
 */
export function Minimap({ state }: { state: WaterfallState }) {
  const { tree, path, view, whole, setView } = state;
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = useMemo(() => minimapColumns(tree, path, width), [tree, path]);
  const { resolvedTheme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    if (canvas.current) draw(canvas.current, columns);
  }, [columns, resolvedTheme]);
  const total = Math.max(1, whole.toNs - whole.fromNs);
  const { brush, handlers } = useBrush(({ left, right }) =>
    setView({
      fromNs: Math.round(whole.fromNs + left * total),
      toNs: Math.round(whole.fromNs + right * total),
    }),
  );
  const shown = brush ?? {
    left: (view.fromNs - whole.fromNs) / total,
    right: (view.toNs - whole.fromNs) / total,
  };
  return (
    <div className="shrink-0 border-line border-b px-4 py-1 max-sm:hidden">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the waterfall do the same */}
      <div
        className="relative cursor-crosshair select-none overflow-hidden rounded-sm bg-sunken"
        onDoubleClick={() => setView(whole)}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          const box = event.currentTarget.getBoundingClientRect();
          const around = whole.fromNs + ((event.clientX - box.left) / box.width) * total;
          setView(zoomed(view, whole, event.deltaY < 0 ? 1.25 : 0.8, around));
        }}
        {...handlers}
      >
        <canvas
          ref={canvas}
          width={width}
          height={height}
          role="img"
          aria-label={`Overview of the trace; shown are ${formatNs(view.fromNs - whole.fromNs)} to ${formatNs(view.toNs - whole.fromNs)}`}
          className="block h-9 w-full"
        />
        {(brush || !isWhole(view, whole)) && (
          <>
            <span
              aria-hidden
              className="absolute inset-y-0 left-0 bg-surface/70"
              style={{ width: `${shown.left * 100}%` }}
            />
            <span
              aria-hidden
              className="absolute inset-y-0 right-0 bg-surface/70"
              style={{ width: `${(1 - shown.right) * 100}%` }}
            />
            <span
              aria-hidden
              className="absolute inset-y-0 border-accent border-x-2"
              style={{ left: `${shown.left * 100}%`, right: `${(1 - shown.right) * 100}%` }}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** In the theme's own colours, as they are when it is drawn. */
function draw(canvas: HTMLCanvasElement, { busy, failed, critical, most }: MinimapColumns): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const tokens = getComputedStyle(canvas);
  const color = (name: string) => tokens.getPropertyValue(name);
  context.clearRect(0, 0, width, height);
  const room = height - 8;
  context.fillStyle = color("--series-1");
  context.globalAlpha = 0.6;
  for (let i = 0; i < width; i++) {
    const tall = (Math.log1p(busy[i]!) / Math.log1p(most)) * room;
    context.fillRect(i, height - 4 - tall, 1, tall);
  }
  context.globalAlpha = 1;
  context.fillStyle = color("--text");
  for (let i = 0; i < width; i++) if (critical[i]) context.fillRect(i, height - 3, 1, 3);
  context.fillStyle = color("--failing");
  for (let i = 0; i < width; i++) if (failed[i]) context.fillRect(i, 0, 2, 4);
}
