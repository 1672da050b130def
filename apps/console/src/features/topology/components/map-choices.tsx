"use client";

import { Select } from "../../../ui/select.tsx";
import { useDraftOnMap } from "../../preview/hooks/use-draft-on-map.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { edgeLabelNames, edgeLabels } from "../view-model/edge-label.ts";
import { mapShapes, shapeNames } from "../view-model/map-shape.ts";

/** How the map looks at the mesh, and what its edges say. */
export function MapChoices() {
  const { label, setLabel } = useEdgeLabel();
  const { by, setBy } = useMapShape();
  const hasDraft = useDraftOnMap() !== undefined || label === "draft";
  return (
    <>
      <Select
        label="Map of"
        value={by}
        onChange={setBy}
        options={mapShapes.map((value) => ({ value, label: shapeNames[value] }))}
      />
      <Select
        label="Edges say"
        value={label}
        onChange={setLabel}
        options={edgeLabels
          .filter((value) => value !== "draft" || hasDraft)
          .map((value) => ({ value, label: edgeLabelNames[value] }))}
      />
    </>
  );
}
