import elkjs from "elkjs";
import { expect, test } from "vitest";
import type { Graph } from "../model/graph.ts";
import type { Box, Placement } from "../model/placement.ts";
import { arrangeColumns } from "./arrange-columns.ts";
import { type LayoutEngine, layoutGraph } from "./layout-graph.ts";
import { layoutKey } from "./layout-key.ts";
import { moveNodes } from "./move-nodes.ts";
import { nextPlacement } from "./next-placement.ts";

const calls = [
  ["outside", "storefront"],
  ["storefront", "catalog"],
  ["storefront", "cart"],
  ["storefront", "checkout"],
  ["checkout", "payments"],
  ["checkout", "shipping"],
  ["checkout", "inventory"],
  ["catalog", "inventory"],
  ["payments", "checkout"], // a call back: the graph has a circle
] as const;

function graphOf(edges: readonly (readonly [string, string])[], more: readonly string[] = []): Graph {
  const ids = [...new Set([...edges.flat(), ...more])];
  return {
    direction: "right",
    nodes: ids.map((id) => ({ id, width: 170, height: 64, group: id === "outside" ? undefined : "shop" })),
    edges: edges.map(([source, target]) => ({
      id: `${source}>${target}`,
      source,
      target,
      label: { width: 80, height: 28 },
    })),
  };
}

const shop = graphOf(calls);
const elk = new elkjs.default();
const engine: LayoutEngine = {
  layout: (graph) => elk.layout(graph),
  arrange: async (problem) => arrangeColumns(problem),
};
const layout = (graph: Graph) => layoutGraph(graph, engine);

function overlapping(placement: Placement): string[] {
  const boxes = [...placement.nodes];
  return boxes.flatMap(([a, boxA], index) =>
    boxes.slice(index + 1).flatMap(([b, boxB]) => (touch(boxA, boxB) ? [`${a} and ${b}`] : [])),
  );
}

function touch(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Box | undefined, inner: Box | undefined): boolean {
  if (!outer || !inner) return false;
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

test("callers stand left of what they call, nothing overlaps, and groups hold their members", async () => {
  const placement = await layout(shop);
  expect(overlapping(placement)).toEqual([]);
  for (const [source, target] of calls.slice(0, -1))
    expect(placement.nodes.get(source)?.x, `${source} left of ${target}`).toBeLessThan(
      placement.nodes.get(target)?.x ?? 0,
    );
  const group = placement.groups.get("shop");
  for (const { id } of shop.nodes)
    expect(contains(group, placement.nodes.get(id)), id).toBe(id !== "outside");
});

test("every edge runs from its source's right to its target's left, straight along the axes", async () => {
  const placement = await layout(shop);
  expect(placement.edges.size).toBe(calls.length);
  for (const [id, edge] of placement.edges) {
    const source = placement.nodes.get(edge.source);
    const target = placement.nodes.get(edge.target);
    expect(edge.points[0]?.x, id).toBeCloseTo((source?.x ?? 0) + (source?.width ?? 0), 0);
    expect(edge.points.at(-1)?.x, id).toBeCloseTo(target?.x ?? 0, 0);
    edge.points.slice(1).forEach((point, index) => {
      const before = edge.points[index];
      const bothMoved =
        Math.abs(point.x - (before?.x ?? 0)) > 0.5 && Math.abs(point.y - (before?.y ?? 0)) > 0.5;
      expect(bothMoved, `${id} part ${index}`).toBe(false);
    });
  }
});

test("labels lie on their edges and cover neither nodes nor each other", async () => {
  const placement = await layout(shop);
  const labels = [...placement.edges].map(([id, edge]): [string, Box] => [
    id,
    { x: edge.labelAt.x - 40, y: edge.labelAt.y - 14, width: 80, height: 28 },
  ]);
  for (const [id, label] of labels) {
    for (const [node, box] of placement.nodes) expect(touch(label, box), `${id} on ${node}`).toBe(false);
    for (const [other, box] of labels)
      if (other !== id) expect(touch(label, box), `${id} on ${other}`).toBe(false);
  }
});

test("downward, callers stand above", async () => {
  const placement = await layout({ ...shop, direction: "down" });
  expect(placement.nodes.get("storefront")?.y).toBeLessThan(placement.nodes.get("catalog")?.y ?? 0);
});

test("the order in which rows come has no influence", async () => {
  const shuffled = { ...shop, nodes: [...shop.nodes].reverse(), edges: [...shop.edges].reverse() };
  expect(layoutKey(shuffled)).toBe(layoutKey(shop));
  expect((await layout(shuffled)).nodes).toEqual((await layout(shop)).nodes);
});

test("the same graph again is the very same placement", async () => {
  const first = await nextPlacement(undefined, shop, engine);
  expect(await nextPlacement(first, { ...shop, edges: [...shop.edges] }, engine)).toBe(first);
});

test.each`
  change                | edges                                       | newIds
  ${"a new node"}       | ${[...calls, ["checkout", "ledger"]]}       | ${["ledger"]}
  ${"a new edge"}       | ${[...calls, ["cart", "catalog"]]}          | ${[]}
  ${"an edge less"}     | ${calls.slice(0, -1)}                       | ${[]}
  ${"a node less"}      | ${calls.filter((c) => c[1] !== "shipping")} | ${[]}
  ${"two nodes in one"} | ${[...calls, ["cart", "a"], ["cart", "b"]]} | ${["a", "b"]}
`("$change moves nothing that stood", async ({ edges, newIds }) => {
  const first = await layout(shop);
  const next = await nextPlacement(first, graphOf(edges), engine);
  for (const [id, box] of next.nodes) if (!newIds.includes(id)) expect(box, id).toEqual(first.nodes.get(id));
  for (const id of newIds) expect(next.nodes.has(id), id).toBe(true);
  expect(next.edges.size).toBe(edges.length);
  expect(overlapping(next)).toEqual([]);
});

test("edges between nodes that stay keep their way", async () => {
  const first = await layout(shop);
  const next = await nextPlacement(first, graphOf([...calls, ["checkout", "ledger"]]), engine);
  for (const [id, edge] of first.edges) expect(next.edges.get(id)).toBe(edge);
});

test("many new nodes at once are a new picture", async () => {
  const few = await layout(graphOf([["a", "b"]]));
  const next = await nextPlacement(few, shop, engine);
  expect(next.nodes).toEqual((await layout(shop)).nodes);
});

test("a node moved by hand takes its edges along and leaves the rest", async () => {
  const placement = await layout(shop);
  const moved = moveNodes(placement, { payments: { x: 40, y: -300 }, gone: { x: 1, y: 1 } });
  const before = placement.nodes.get("payments");
  const after = moved.nodes.get("payments");
  expect(after).toEqual({ ...before, x: (before?.x ?? 0) + 40, y: (before?.y ?? 0) - 300 });
  expect(moved.edges.get("checkout>payments")?.points.at(-1)?.x).toBe(after?.x);
  expect(moved.edges.get("catalog>inventory")).toBe(placement.edges.get("catalog>inventory"));
  expect(moveNodes(placement, {})).toBe(placement);
});

test("nothing to lay out is an empty placement", async () => {
  const placement = await layout({ direction: "right", nodes: [], edges: [] });
  expect([placement.nodes.size, placement.edges.size, placement.groups.size]).toEqual([0, 0, 0]);
});
