import { healthOf } from "@weir/graph";
import type { MapEdge, MapView } from "../../../server/topology/topology-view.ts";
import { formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { healthWords, nameOf } from "../view-model/describe.ts";
import { HealthGlyph } from "./health-glyph.tsx";

interface NeighbourListProps {
  readonly view: MapView;
  readonly edges: readonly MapEdge[];
  /** Which end of the edges is the neighbour. */
  readonly end: "source" | "target";
  onSelect(selection: Selection): void;
}

/** The other ends of a service's edges, the busiest first; each opens its edge. */
export function NeighbourList({ view, edges, end, onSelect }: NeighbourListProps) {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  if (edges.length === 0) return <p className="text-muted">None in this window.</p>;
  return (
    <ul className="-mx-2">
      {[...edges]
        .sort((a, b) => b.requests - a.requests)
        .map((edge) => {
          const node = nodes.get(edge[end]);
          const health = healthOf(edge);
          return (
            <li key={edge.id}>
              <button
                type="button"
                onClick={() => onSelect({ kind: "edge", id: edge.id })}
                className="grid w-full grid-cols-[auto_1fr_5rem_4rem_4.5rem] items-center gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                <HealthGlyph health={health} />
                <span className="truncate">
                  {node ? nameOf(node) : edge[end]} <span className="sr-only">{healthWords[health]}</span>
                </span>
                <span className="text-right font-mono text-[0.8125rem]">{formatRate(edge.rps)}</span>
                <span className="text-right font-mono text-[0.8125rem] text-muted">
                  {formatShare(edge.errorShare)}
                </span>
                <span className="text-right font-mono text-[0.8125rem] text-muted">
                  {formatSeconds(edge.p99)}
                </span>
              </button>
            </li>
          );
        })}
    </ul>
  );
}
