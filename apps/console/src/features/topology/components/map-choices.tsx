"use client";

import { Select } from "../../../ui/select.tsx";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { edgeLabelNames, edgeLabels } from "../view-model/edge-label.ts";

/** How the map looks at the mesh, and what its edges say. */
export function MapChoices() {
  const { label, setLabel } = useEdgeLabel();
  return (
    <Select
      label="Edges say"
      value={label}
      onChange={setLabel}
      options={edgeLabels.map((value) => ({ value, label: edgeLabelNames[value] }))}
    />
  );
}
