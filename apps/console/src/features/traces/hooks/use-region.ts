"use client";

import { createParser, useQueryState } from "nuqs";
import { parseRegion, printRegion, type ScatterRegion } from "../view-model/scatter-region.ts";

const regionParam = createParser<ScatterRegion>({
  parse: parseRegion,
  serialize: printRegion,
  eq: (a, b) => printRegion(a) === printRegion(b),
});

/** The part of the picture that was chosen with the pointer (`?region=`); null: all of it. */
export function useRegion() {
  return useQueryState("region", regionParam);
}
