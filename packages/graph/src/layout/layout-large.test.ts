import { expect, test } from "vitest";
import { pathOf } from "../geometry/edge-path.ts";
import type { Graph } from "../model/graph.ts";
import type { Box } from "../model/placement.ts";
import { arrangeColumns } from "./arrange-columns.ts";
import { type LayoutEngine, layoutGraph } from "./layout-graph.ts";
import { isLarge } from "./layout-large.ts";
import { nextPlacement } from "./next-placement.ts";

const engine: LayoutEngine = {
  layout: () => Promise.reject(new Error("ELK is not for large graphs")),
  arrange: async (problem) => arrangeColumns(problem),
};

/** 300 services in namespaces of 25; each calls the next two, the last of a namespace calls its first, and 0 itself. */
function mesh(services = 300): Graph {
  const id = (index: number) => `team-${Math.floor(index / 25)}/service-${index}`;
  const calls = Array.from({ length: services }, (_, i) => [
    [i, (i + 1) % services],
    [i, (i + 2) % services],
    [i, i - (i % 25)],
  ]).flat() as [number, number][];
  return {
    direction: "right",
    nodes: Array.from({ length: services }, (_, i) => ({
      ...{ id: id(i), width: 172, height: 74, group: `team-${Math.floor(i / 25)}` },
    })),
    edges: calls.map(([a, b], i) => ({ id: `${i}`, source: id(a), target: id(b) })),
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test("in a large graph nothing overlaps, neither services nor namespaces, and every edge is a curve", async () => {
  expect(isLarge(mesh())).toBe(true);
  const { nodes, groups, edges } = await layoutGraph(mesh(), engine);
  for (const boxes of [[...nodes.values()], [...groups.values()]])
    boxes.forEach((box, i) => {
      expect(boxes.slice(i + 1).filter((other) => overlap(box, other))).toEqual([]);
    });
  expect([nodes.size, groups.size, edges.size]).toEqual([300, 12, 900]);
  for (const edge of edges.values()) expect(pathOf(edge)).toMatch(/^M[^C]+C[^C]+$/);
});

test("one more service in a large graph moves nothing that stood", async () => {
  const first = await layoutGraph(mesh(), engine);
  const next = await nextPlacement(first, mesh(301), engine);
  for (const [id, box] of first.nodes) expect(next.nodes.get(id), id).toEqual(box);
  expect(next.nodes.size).toBe(301);
});
