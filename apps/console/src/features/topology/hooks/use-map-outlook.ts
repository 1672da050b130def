"use client";

import { useEffect, useMemo, useState } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import type { outlooksOnMap } from "../view-model/map-outlook.ts";
import { useEdgeLabel } from "./use-edge-label.ts";

/** What would become of each edge's requests, while edges are to say that; undefined: they say something else. */
export function useMapOutlook(view: MapView) {
  const isWanted = useEdgeLabel().label === "enforced";
  const { data } = useObservedEffect({ scope: "mesh" }, isWanted);
  const [read, setRead] = useState<typeof outlooksOnMap>();
  useEffect(() => {
    // Seldom asked for, so the page does without its code.
    if (isWanted)
      import("../view-model/map-outlook.ts").then((module) => setRead(() => module.outlooksOnMap));
  }, [isWanted]);
  return useMemo(
    () => (isWanted && data && read ? read(view, data.edges) : undefined),
    [isWanted, data, read, view],
  );
}
