"use client";

import { useMemo } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import { outlooksOnMap } from "../view-model/map-outlook.ts";
import { useEdgeLabel } from "./use-edge-label.ts";

/** What would become of each edge's requests, while edges are to say that; undefined: they say something else. */
export function useMapOutlook(view: MapView) {
  const isWanted = useEdgeLabel().label === "enforced";
  const { data } = useObservedEffect({ scope: "mesh" }, isWanted);
  return useMemo(
    () => (isWanted && data ? outlooksOnMap(view, data.edges) : undefined),
    [isWanted, data, view],
  );
}
