"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { edgeLabels } from "../view-model/edge-label.ts";

/** What the map's edges say, kept in the address as `?label=p95`. */
export function useEdgeLabel() {
  const [label, setLabel] = useQueryState("label", parseAsStringLiteral(edgeLabels).withDefault("traffic"));
  return { label, setLabel: (next: typeof label) => void setLabel(next) };
}
