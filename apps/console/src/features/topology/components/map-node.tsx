import { type Box, type Health, healthOf, judge } from "@weir/graph";
import { Globe } from "lucide-react";
import { memo } from "react";
import type { MapNode as Node } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { modeIcons } from "../../modes/index.ts";
import { describeNode, nameOf } from "../view-model/describe.ts";
import { faceOf, shortName } from "../view-model/face.ts";
import { briefCause } from "../view-model/health-reason.ts";
import { headHeight } from "../view-model/measures.ts";
import { onEnter } from "../view-model/on-enter.ts";
import { HealthShape, healthText } from "./health-glyph.tsx";
import { MapMarks } from "./map-marks.tsx";
import { MapVersionRows } from "./map-version-rows.tsx";
import { NamespaceButton } from "./namespace-button.tsx";

interface MapNodeProps {
  readonly node: Node;
  readonly box: Box;
  readonly selected: boolean;
  readonly dimmed: boolean;
  onSelect(id: string): void;
}

/** A service: its name, mode and numbers, and a row for each of its versions; or one of them; or a namespace. */
export const MapNode = memo(function MapNode({ node, box, selected, dimmed, onSelect }: MapNodeProps) {
  const outside = node.kind === "outside";
  const health: Health = outside ? "ok" : healthOf(node);
  const quiet = !outside && health === "no-data";
  const open = () => onSelect(node.id);
  return (
    <>
      {node.kind === "namespace" && <Stack box={box} />}
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no button */}
      <g
        role="button"
        tabIndex={0}
        aria-label={describeNode(node)}
        aria-pressed={selected}
        data-node={node.id}
        transform={`translate(${box.x} ${box.y})`}
        className={classes("map-focus cursor-pointer", dimmed && "opacity-55")}
        onClick={open}
        onKeyDown={onEnter(open)}
      >
        <rect
          className="map-ring"
          width={box.width}
          height={box.height}
          rx={outside ? headHeight / 2 : 6}
          fill={outside || quiet ? "var(--page)" : "var(--surface)"}
          stroke={selected ? "var(--accent)" : "var(--line-strong)"}
          strokeWidth={selected ? 2 : 1}
          strokeDasharray={outside || quiet || node.kind === "seen" ? "4 3" : undefined}
        />
        {outside ? (
          <OutsideFace compact={box.width < widthForAll} />
        ) : (
          <ServiceFace node={node} health={health} width={box.width} />
        )}
        {node.marks && <MapMarks marks={node.marks} x={box.width - 16} y={0} />}
        {node.versions.length > 0 && <MapVersionRows node={node} width={box.width} />}
      </g>
      {node.kind === "namespace" && (
        <NamespaceButton namespace={node.namespace} collapsed x={box.x + box.width - 31} y={box.y + 8} />
      )}
    </>
  );
});

/** The edge of what lies beneath: it stands for several. */
function Stack({ box }: { box: Box }) {
  return (
    <rect {...box} x={box.x + 4} y={box.y + 4} rx={6} fill="var(--sunken)" stroke="var(--line-strong)" />
  );
}

function OutsideFace({ compact }: { compact: boolean }) {
  return (
    <g>
      <Globe x={compact ? 10 : 14} y={16} width={16} height={16} color="var(--text-faint)" aria-hidden />
      <text x={compact ? 30 : 38} y={28.5} className="text-[13px]" fill="var(--text-muted)">
        {nameOf({ kind: "outside", name: "" })}
      </text>
    </g>
  );
}

function ServiceFace({ node, health, width }: { node: Node; health: Health; width: number }) {
  const { cause } = judge(node);
  const face = faceOf(node);
  const compact = width < widthForAll;
  const left = compact ? 8 : 11;
  return (
    <g>
      <g transform={`translate(${left} 11)`} className={healthText[health]}>
        <HealthShape health={health} />
      </g>
      <text x={left + 16} y={20.5} className="font-semibold text-[13px]" fill="var(--text)">
        {shortName(node, face.name)}
      </text>
      <text x={left + 16} y={37} className="font-mono text-[11px]" fill="var(--text-muted)">
        {(!compact || !cause) && face.figures}
        {cause && (
          <tspan dx={compact ? 0 : 8} className={healthText[health]} fill="currentColor">
            {briefCause(cause)}
          </tspan>
        )}
      </text>
      {face.row !== undefined && (
        <text x={12} y={headHeight + 13} className="font-mono text-[11px]" fill="var(--text-muted)">
          {face.row}
        </text>
      )}
      {node.mode && (
        <ModeMark
          mode={node.mode.origin === "hold" ? "hold" : node.mode.mode}
          x={width - (compact ? 22 : 27)}
          y={compact ? 25 : 8}
        />
      )}
    </g>
  );
}

/** The eye, the shield or the pause; the shield filled, so that what acts stands out among what only watches. */
function ModeMark({ mode, x, y }: { mode: keyof typeof modeIcons; x: number; y: number }) {
  const Icon = modeIcons[mode];
  const color = mode === "hold" ? "var(--hold)" : `var(--${mode})`;
  return (
    <g transform={`translate(${x} ${y})`}>
      {mode === "enforce" && <rect x={-3} y={-2} width={22} height={22} rx={5} fill="var(--enforce-soft)" />}
      <Icon width={16} height={16} x={0} y={1} color={color} aria-hidden />
    </g>
  );
}

/** A narrower box has the mode's sign beside its numbers, so that the name keeps its line; of these it has one. */
const widthForAll = 160;
