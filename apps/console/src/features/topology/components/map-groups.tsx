import type { Box, Placement } from "@weir/graph";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { NamespaceButton } from "./namespace-button.tsx";

interface MapGroupsProps {
  readonly groups: Placement["groups"];
  /** The boxes are on the map's picture already: only what can be done with them is drawn. */
  readonly painted: boolean;
}

/** Namespaces, or services whose versions stand apart, as soft boxes behind what is in them. */
export function MapGroups({ groups, painted }: MapGroupsProps) {
  const { by } = useMapShape();
  return [...groups].map(([name, box]) => (
    <g key={name}>
      {!painted && <GroupBox name={name} box={box} />}
      {by !== "version" && (
        <NamespaceButton namespace={name} collapsed={false} x={box.x + box.width - 32} y={box.y + 6} />
      )}
    </g>
  ));
}

function GroupBox({ name, box }: { name: string; box: Box }) {
  return (
    <>
      <rect
        {...{ x: box.x, y: box.y, width: box.width, height: box.height, rx: 10 }}
        fill="var(--sunken)"
        fillOpacity={0.55}
        stroke="var(--line)"
      />
      <text x={box.x + 16} y={box.y + 22} className="font-medium text-[12px]" fill="var(--text-faint)">
        {name}
      </text>
    </>
  );
}
