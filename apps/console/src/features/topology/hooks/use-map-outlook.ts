"use client";

import { useEffect, useMemo, useState } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { useDraftOnMap } from "../../preview/hooks/use-draft-on-map.ts";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import type { outlooksOnMap } from "../view-model/map-outlook.ts";
import { useEdgeLabel } from "./use-edge-label.ts";

/**
 * What would become of each edge's requests, by what observes or by a draft, while edges are to say that; undefined:
 * they say something else, or it is not known.
 */
export function useMapOutlook(view: MapView) {
  const { label } = useEdgeLabel();
  const observed = useObservedEffect({ scope: "mesh" }, label === "enforced").data?.edges;
  const drafted = useDraftOnMap()?.edges;
  const edges = label === "enforced" ? observed : label === "draft" ? drafted : undefined;
  const isWanted = edges !== undefined;
  const [read, setRead] = useState<typeof outlooksOnMap>();
  useEffect(() => {
    // Seldom asked for, so the page does without its code.
    if (isWanted)
      import("../view-model/map-outlook.ts").then((module) => setRead(() => module.outlooksOnMap));
  }, [isWanted]);
  return useMemo(() => (edges && read ? read(view, edges) : undefined), [edges, read, view]);
}
