import { Maximize, Minus, Plus, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import { Tooltip } from "../../../ui/tooltip.tsx";

interface MapToolbarProps {
  /** Out of the way on narrow windows, where a sheet leaves the map little height. */
  readonly hiddenWhenNarrow: boolean;
  zoomBy(direction: 1 | -1): void;
  fit(): void;
  arrange(): void;
  /** What else the toolbar has. */
  readonly children?: ReactNode;
}

/** Zoom, fit, and a clean picture. */
export function MapToolbar({ hiddenWhenNarrow, zoomBy, fit, arrange, children }: MapToolbarProps) {
  const tools = [
    { label: "Zoom in", keys: "+", icon: Plus, act: () => zoomBy(1) },
    { label: "Zoom out", keys: "-", icon: Minus, act: () => zoomBy(-1) },
    { label: "Fit the map", keys: "f", icon: Maximize, act: fit },
    { label: "Arrange anew", keys: undefined, icon: RotateCcw, act: arrange },
  ];
  return (
    <div
      role="toolbar"
      aria-label="Map"
      className={classes(
        "absolute right-3 bottom-3 rounded-md border border-line bg-surface md:flex md:flex-col",
        hiddenWhenNarrow ? "hidden" : "flex",
      )}
    >
      {tools.map(({ label, keys, icon: Icon, act }) => (
        <Tooltip key={label} side="left" text={keys ? `${label} (${keys})` : label}>
          <Button look="quiet" size="icon" aria-label={label} onClick={act}>
            <Icon size={15} aria-hidden />
          </Button>
        </Tooltip>
      ))}
      {children}
    </div>
  );
}
