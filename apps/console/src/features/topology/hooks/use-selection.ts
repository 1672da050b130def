"use client";

import { parseAsString, useQueryStates } from "nuqs";

export type Selection =
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "edge"; readonly id: string };

/** What is selected on the map, as `?node=shop/payments` or `?edge=shop/checkout~shop/payments` in the address. */
export function useSelection() {
  const [{ node, edge }, set] = useQueryStates(
    { node: parseAsString, edge: parseAsString },
    { history: "push" },
  );
  const selection: Selection | undefined = node
    ? { kind: "node", id: node }
    : edge
      ? { kind: "edge", id: edge }
      : undefined;
  const select = (next: Selection | undefined) =>
    void set({
      node: next?.kind === "node" ? next.id : null,
      edge: next?.kind === "edge" ? next.id : null,
    });
  return { selection, select };
}
