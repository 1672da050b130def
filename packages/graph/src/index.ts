/**
 * The map apart from its drawing: where nodes and edges stand, how an edge runs, and what its looks mean.
 *
 * Pure but for the layout engine, which is passed in (elkjs; `@weir/graph/browser` has it in a worker). Enter by `nextPlacement`:
 * it lays a graph out, and when the graph changes leaves what stood where it was. `layout/` decides on places,
 * `geometry/` on lines, `health/` on what counts as well or ill, `focus/` on who
 * depends on whom.
 */
export * from "./find/complete-find.ts";
export * from "./find/find-element.ts";
export * from "./find/parse-find.ts";
export * from "./focus/blast-radius.ts";
export * from "./focus/neighbourhood.ts";
export { curveBounds } from "./geometry/curve-bounds.ts";
export * from "./geometry/curve-edge.ts";
export * from "./geometry/edge-path.ts";
export * from "./geometry/edge-width.ts";
export * from "./geometry/route-edge.ts";
export * from "./health/health.ts";
export * from "./layout/arrange-columns.ts";
export * from "./layout/layout-graph.ts";
export * from "./layout/layout-key.ts";
export { isLarge } from "./layout/layout-large.ts";
export * from "./layout/move-nodes.ts";
export * from "./layout/next-placement.ts";
export * from "./model/graph.ts";
export * from "./model/placement.ts";
