"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { mapShapes, shapeInput } from "../view-model/map-shape.ts";

/**
 * What a node of the map stands for, and which namespaces are the other way (collapsed, or by namespace opened), as
 * `?by=namespace&toggled=shop` in the address. What was selected is another thing then, so the selection goes.
 */
export function useMapShape() {
  const [{ by, toggled }, set] = useQueryStates(
    {
      by: parseAsStringLiteral(mapShapes).withDefault("service"),
      toggled: parseAsArrayOf(parseAsString).withDefault([]),
      node: parseAsString,
      edge: parseAsString,
    },
    { history: "push" },
  );
  const input = useMemo(() => shapeInput(by, toggled), [by, toggled]);
  return {
    by,
    toggled,
    /** For the procedure; the map as it is without a choice has none. */
    input,
    setBy: (next: typeof by) => void set({ by: next, toggled: null, node: null, edge: null }),
    toggle: (namespace: string) => {
      const others = toggled.filter((other) => other !== namespace);
      const next = others.length < toggled.length ? others : [...toggled, namespace];
      void set({ toggled: next.length > 0 ? next : null, node: null, edge: null });
    },
  };
}
