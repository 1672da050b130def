"use client";

import { FoldVertical, UnfoldVertical } from "lucide-react";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { onEnter } from "../view-model/on-enter.ts";

interface NamespaceButtonProps {
  readonly namespace: string;
  readonly collapsed: boolean;
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
}

/** On the map: opens a collapsed namespace in place, or collapses an open one to one node. */
export function NamespaceButton({ namespace, collapsed, x, y }: NamespaceButtonProps) {
  const { toggle } = useMapShape();
  const Icon = collapsed ? UnfoldVertical : FoldVertical;
  const act = () => toggle(namespace);
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      role="button"
      data-control
      tabIndex={0}
      aria-label={`${collapsed ? "Open" : "Collapse"} namespace ${namespace}`}
      transform={`translate(${x} ${y})`}
      className="map-focus cursor-pointer"
      onClick={act}
      onKeyDown={onEnter(act)}
    >
      <rect
        className="map-ring hover:fill-(--hover)"
        width={24}
        height={24}
        rx={5}
        fill="var(--surface)"
        stroke="var(--line)"
      />
      <Icon x={5} y={5} width={14} height={14} color="var(--text-muted)" aria-hidden />
    </g>
  );
}
