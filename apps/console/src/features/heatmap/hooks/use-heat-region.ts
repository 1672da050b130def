"use client";

import { createParser, useQueryState } from "nuqs";
import type { Region } from "../../../server/heatmap/region.ts";
import { parseRegion, printRegion } from "../view-model/heat-region.ts";

const brushParam = createParser<Region>({
  parse: parseRegion,
  serialize: printRegion,
  eq: (a, b) => printRegion(a) === printRegion(b),
});

/** The part of a heatmap that was chosen (`?brush=`); null: none. */
export function useHeatRegion() {
  return useQueryState("brush", brushParam);
}
