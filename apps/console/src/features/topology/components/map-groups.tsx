import type { Placement } from "@weir/graph";

/** Namespaces as soft boxes behind their services. */
export function MapGroups({ groups }: { groups: Placement["groups"] }) {
  return [...groups].map(([name, box]) => (
    <g key={name}>
      <rect
        x={box.x}
        y={box.y}
        width={box.width}
        height={box.height}
        rx={10}
        fill="var(--sunken)"
        fillOpacity={0.55}
        stroke="var(--line)"
      />
      <text x={box.x + 16} y={box.y + 22} className="font-medium text-[12px]" fill="var(--text-faint)">
        {name}
      </text>
    </g>
  ));
}
