"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

/** Whether the mesh is shown as a picture or as a list, kept in the address as `?view=list`. */
export function useMapOrList() {
  const [as, setAs] = useQueryState("view", parseAsStringLiteral(["map", "list"]).withDefault("map"));
  return { as, setAs: (next: typeof as) => void setAs(next) };
}
