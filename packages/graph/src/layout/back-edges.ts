import type { GraphEdge } from "../model/graph.ts";

/**
 * Edges that close a circle, seen from the callers that nobody calls: drawn backwards, they leave the rest in
 * order. Depth first without recursion, since a chain of calls may be long.
 */
export function backEdges(nodeIds: readonly string[], edges: readonly GraphEdge[]): Set<string> {
  const outgoing = Map.groupBy(edges, (edge) => edge.source);
  const called = new Set(edges.filter((edge) => edge.source !== edge.target).map((edge) => edge.target));
  const roots = [...nodeIds.filter((id) => !called.has(id)), ...nodeIds.filter((id) => called.has(id))];
  const state = new Map<string, "open" | "done">();
  const back = new Set<string>();
  for (const root of roots) {
    if (state.has(root)) continue;
    const path = [{ id: root, next: 0 }];
    state.set(root, "open");
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = outgoing.get(top.id)?.[top.next++];
      if (edge === undefined) {
        state.set(top.id, "done");
        path.pop();
      } else if (state.get(edge.target) === "open") {
        back.add(edge.id);
      } else if (!state.has(edge.target)) {
        state.set(edge.target, "open");
        path.push({ id: edge.target, next: 0 });
      }
    }
  }
  return back;
}
