import type { Placement } from "@weir/graph";
import { useMemo } from "react";
import type { MapEdge as Edge, MapView } from "../../../server/topology/topology-view.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { describeEdge } from "../view-model/describe.ts";
import type { MapOutlook } from "../view-model/map-outlook.ts";
import { MapEdge } from "./map-edge.tsx";
import { MapEdgeLabel } from "./map-edge-label.tsx";
import { MapNode } from "./map-node.tsx";
import { MapTraffic } from "./map-traffic.tsx";

interface MapElementsProps {
  /** What is drawn: the whole map, or a part of it. */
  readonly part: MapView;
  readonly placement: Placement;
  /** Names of all services by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Ids of what is looked at; absent: all count alike. */
  readonly focus: ReadonlySet<string> | undefined;
  readonly selection: Selection | undefined;
  /** Edges whose requests are seen on their way. */
  readonly moving: readonly Edge[];
  /** Edges show what they carry, or only those in focus do. */
  readonly labels: boolean;
  /** What would become of edges' requests, where edges say that. */
  readonly outlooks: ReadonlyMap<string, MapOutlook> | undefined;
  onSelect(selection: Selection): void;
}

/** Edges, services above them, and above all what edges carry: each a button. */
export function MapElements(props: MapElementsProps) {
  const { part, placement, names, focus, selection, moving, labels, outlooks, onSelect } = props;
  const { label: chosen } = useEdgeLabel();
  // A draft that is not known any more leaves the traffic to be told.
  const label = chosen === "draft" && !outlooks ? "traffic" : chosen;
  const selectNode = useMemo(() => (id: string) => onSelect({ kind: "node", id }), [onSelect]);
  const selectEdge = useMemo(() => (id: string) => onSelect({ kind: "edge", id }), [onSelect]);
  const looksOf = (id: string) => ({
    selected: selection?.id === id,
    dimmed: focus !== undefined && !focus.has(id),
  });
  return (
    <>
      {part.edges.map((edge) => {
        const placed = placement.edges.get(edge.id);
        return (
          placed && (
            <MapEdge
              key={edge.id}
              {...{ edge, placed }}
              {...looksOf(edge.id)}
              outlook={outlooks && (outlooks.get(edge.id)?.group ?? "unchanged")}
              onSelect={selectEdge}
            />
          )
        );
      })}
      {moving.map((edge) => {
        const placed = placement.edges.get(edge.id);
        return placed && <MapTraffic key={edge.id} {...{ edge, placed }} />;
      })}
      {part.nodes.map((node) => {
        const box = placement.nodes.get(node.id);
        return (
          box && <MapNode key={node.id} {...{ node, box }} {...looksOf(node.id)} onSelect={selectNode} />
        );
      })}
      {part.edges.map((edge) => {
        const outlook = outlooks?.get(edge.id);
        const placed = placement.edges.get(edge.id);
        return (
          placed && (
            <MapEdgeLabel
              key={edge.id}
              {...{ edge, placed }}
              {...looksOf(edge.id)}
              description={described(describeEdge(edge, names), outlook)}
              label={label}
              outlook={outlook}
              shown={(labels || (focus?.has(edge.id) ?? false)) && (!outlooks || outlook !== undefined)}
              onSelect={selectEdge}
            />
          )
        );
      })}
    </>
  );
}

function described(edge: string, outlook: MapOutlook | undefined): string {
  return outlook ? `${edge}, ${outlook.words}` : edge;
}
