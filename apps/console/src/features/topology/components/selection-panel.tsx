import type { MapView } from "../../../server/topology/topology-view.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { EdgePanel } from "./edge-panel.tsx";
import { NodePanel } from "./node-panel.tsx";
import { SidePanel } from "./side-panel.tsx";

interface SelectionPanelProps {
  /** What the map shows. */
  readonly view: MapView;
  /** With what is hidden or out of focus: a panel tells of all callers and dependents. */
  readonly whole: MapView;
  readonly selection: Selection;
  /** It is there, but hidden from the map. */
  readonly isHidden: boolean;
  onSelect(selection: Selection | undefined): void;
}

/** The panel for a node, for an edge, or for something that is not there in this window. */
export function SelectionPanel({ view, whole, selection, isHidden, onSelect }: SelectionPanelProps) {
  const nodeOf = (id: string | undefined) => view.nodes.find((node) => node.id === id);
  if (selection.kind === "node") {
    const node = nodeOf(selection.id);
    if (node) return <NodePanel key={node.id} node={node} view={whole} onSelect={onSelect} />;
  } else {
    const edge = view.edges.find((candidate) => candidate.id === selection.id);
    const source = nodeOf(edge?.source);
    const target = nodeOf(edge?.target);
    if (edge && source && target)
      return <EdgePanel key={edge.id} edge={edge} source={source} target={target} onSelect={onSelect} />;
  }
  const title = isHidden ? "Hidden" : "Not in this window";
  return (
    <SidePanel
      title={title}
      heading={<h2 className="font-semibold text-base">{title}</h2>}
      onClose={() => onSelect(undefined)}
    >
      <p className="p-4 text-muted">
        <span className="font-mono text-text text-xs">{selection.id.replace("~", " → ")}</span>{" "}
        {isHidden
          ? "is left out: by what the Hide field asks for, or because it is outside of what the map is focused on."
          : "had no traffic here, or is not known. A longer window may show it."}
      </p>
    </SidePanel>
  );
}
