import type { MapView } from "../../../server/topology/topology-view.ts";
import { windowWords } from "../../time/index.ts";
import { ComparePanel, type useCompared } from "../../time-travel/index.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { nameOf } from "../view-model/describe.ts";
import { SidePanel } from "./side-panel.tsx";

interface DifferencePanelProps {
  readonly view: MapView;
  readonly compared: NonNullable<ReturnType<typeof useCompared>>;
  /** The window that is looked at. */
  readonly length: string;
  onSelect(selection: Selection): void;
}

/** What differs from an earlier window, beside the map. */
export function DifferencePanel({ view, compared, length, onSelect }: DifferencePanelProps) {
  return (
    <SidePanel
      title="What differs"
      heading={
        <h2>
          <span className="block font-semibold text-base">What differs</span>
          <span className="text-muted text-xs">
            {windowWords(length)}, against {compared.words}
          </span>
        </h2>
      }
      onClose={compared.stop}
    >
      <ComparePanel
        compared={compared}
        nameOf={(id) => {
          const node = view.nodes.find((candidate) => candidate.id === id);
          return node ? nameOf(node) : id;
        }}
        onEdge={(id) => onSelect({ kind: "edge", id })}
      />
    </SidePanel>
  );
}
