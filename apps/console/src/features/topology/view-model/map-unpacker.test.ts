import { expect, test } from "vitest";
import { packMap } from "../../../server/topology/packed-map.ts";
import { mapUnpacker } from "./map-unpacker.ts";
import { edge, node } from "./testing/sample-map.ts";

const map = () => ({
  atMs: 1,
  nodes: [node("shop/a"), node("shop/b")],
  edges: [edge("shop/a", "shop/b", { flags: { UT: 1 } }), edge("shop/b", "shop/a")],
});
/** As it comes over the wire: of objects that nobody has seen. */
const sent = (view: ReturnType<typeof map>) => JSON.parse(JSON.stringify(packMap(view)));

test("what is as it was stays the same object, and what changed is the new one", () => {
  const unpack = mapUnpacker();
  const first = unpack(sent(map()));
  expect(first.edges).toEqual(map().edges);
  const changed = { ...map(), atMs: 2 };
  changed.edges[0] = edge("shop/a", "shop/b", { flags: { UT: 2 } });
  const second = unpack(sent(changed));
  expect(second).toMatchObject({ atMs: 2 });
  expect(second.nodes).toBe(first.nodes);
  expect(second.edges[0]).toEqual(changed.edges[0]);
  expect(second.edges[1]).toBe(first.edges[1]);
  expect(unpack(sent(changed)).edges).toBe(second.edges);
});

test("a service that came leaves the others what they were, and edges get new ends with their places", () => {
  const unpack = mapUnpacker();
  const first = unpack(sent(map()));
  const grown = { ...map(), nodes: [node("shop/0"), ...map().nodes] };
  const second = unpack(sent(grown));
  expect(second.nodes.map(({ id }) => id)).toEqual(["shop/0", "shop/a", "shop/b"]);
  expect(second.nodes[1]).toBe(first.nodes[0]);
  expect(second.edges).toBe(first.edges);
  const others = { ...map(), edges: [edge("shop/0", "shop/a"), ...map().edges.slice(1)], nodes: grown.nodes };
  expect(unpack(sent(others)).edges[0]).toMatchObject({ source: "shop/0", target: "shop/a" });
});

test("the same answer is the same view", () => {
  const unpack = mapUnpacker();
  const answer = sent(map());
  expect(unpack(answer)).toBe(unpack(answer));
});
