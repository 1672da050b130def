import { parseFind } from "@weir/graph";
import { expect, test } from "vitest";
import type { MapNode } from "../../../server/topology/topology-view.ts";
import { shortened } from "./arrow.ts";
import { describeEdge, describeMap, describeNode } from "./describe.ts";
import { faceOf, shortName } from "./face.ts";
import { foundOn, hiddenFrom, isOn, withoutHidden } from "./find-on-map.ts";
import { inFocus } from "./in-focus.ts";
import { mapGraph } from "./map-graph.ts";
import { mostLabels } from "./measures.ts";
import { edge, node } from "./testing/sample-map.ts";
import { viewAround } from "./view-around.ts";
import { fitTransform, nudgeIntoView } from "./view-box.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

const outside = node("/outside", { kind: "outside", versions: [] });
const view = {
  nodes: [outside, node("a/web"), node("a/cart"), node("b/pay")],
  edges: [edge("/outside", "a/web"), edge("a/web", "a/cart"), edge("a/web", "b/pay")],
};

test("services of several namespaces stand in groups, of one they do not; the outside never does", () => {
  const groups = (nodes: MapNode[]) => mapGraph({ ...view, nodes }, "right").nodes.map((n) => n.group);
  expect(groups(view.nodes)).toEqual([undefined, "a", "a", "b"]);
  expect(groups(view.nodes.slice(0, 3))).toEqual([undefined, undefined, undefined]);
});

test("room is kept for labels while there are few, and every version makes a service taller", () => {
  const many = Array.from({ length: mostLabels + 1 }, (_, i) => edge("a/web", `a/n${i}`));
  expect(mapGraph(view, "right").edges[0]?.label).toBeDefined();
  expect(mapGraph({ ...view, edges: many }, "right").edges[0]?.label).toBeUndefined();
  const [version] = node("a/web").versions;
  const two = node("a/web", { versions: [version!, { ...version!, version: "v2" }] });
  const height = (n: MapNode) => mapGraph({ nodes: [n], edges: [] }, "right").nodes[0]?.height ?? 0;
  expect(height(two)).toBeGreaterThan(height(node("a/web")));
});

test.each`
  selection                              | focus
  ${undefined}                           | ${undefined}
  ${{ kind: "node", id: "a/cart" }}      | ${["a/cart", "a/web~a/cart", "a/web"]}
  ${{ kind: "edge", id: "a/web~b/pay" }} | ${["a/web~b/pay", "a/web", "b/pay"]}
  ${{ kind: "node", id: "gone" }}        | ${undefined}
`("in focus of $selection", ({ selection, focus }) => {
  expect(inFocus(view, selection) && [...inFocus(view, selection)!].sort()).toEqual(focus?.sort());
});

test.each`
  what                                                            | sentence
  ${outside}                                                      | ${"outside the mesh: callers without a sidecar"}
  ${node("a/web", { requests: 0, rps: 0 })}                       | ${"web, no data: no request in this window"}
  ${node("a/web", { errors: 1 })}                                 | ${"web, failing: 10 % of 10 requests failed (5xx or no answer); failing from 10 %, 1 rps"}
  ${node("a/web", { mode: { mode: "enforce", origin: "mesh" } })} | ${"web, healthy: no errors in 10 requests, 1 rps, enforce"}
`("a node in words: $sentence", ({ what, sentence }) => {
  expect(plain(describeNode(what))).toBe(sentence);
});

test("an edge and the map in words", () => {
  const names = new Map([["a/web", "web"]]);
  expect(plain(describeEdge(edge("a/web", "b/pay"), names))).toBe(
    "web to b/pay: failing, 10 % of 10 requests failed (5xx or no answer); failing from 10 %, 1 rps, p99 30 ms",
  );
  expect(plain(describeMap(view.nodes, view.edges))).toBe("3 services, 3 edges, 3 rps");
});

test.each`
  points                                | end                | angle
  ${[{ x: 0, y: 0 }, { x: 100, y: 0 }]} | ${{ x: 90, y: 0 }} | ${0}
  ${[{ x: 0, y: 0 }, { x: 0, y: 50 }]}  | ${{ x: 0, y: 40 }} | ${90}
  ${[{ x: 0, y: 0 }, { x: 4, y: 0 }]}   | ${{ x: 0, y: 0 }}  | ${0}
`("a line leaves room for its arrowhead", ({ points, end, angle }) => {
  const arrow = shortened(points, 10);
  expect([arrow.points.at(-1), arrow.tip, arrow.angle]).toEqual([end, points.at(-1), angle]);
});

test("a box is fitted into the middle of what toolbar and legend leave, and not blown up", () => {
  const wide = fitTransform({ x: 0, y: 0, width: 2_000, height: 100 }, { width: 1_088, height: 584 });
  expect(wide).toEqual({ k: 0.5, x: 28, y: 253 });
  expect(fitTransform({ x: 0, y: 0, width: 10, height: 10 }, { width: 1_000, height: 600 }).k).toBe(1.15);
});

test("on a narrow view it stays large enough to read, and its top is in sight", () => {
  const { k, y } = fitTransform({ x: 0, y: 0, width: 2_000, height: 3_000 }, { width: 390, height: 600 });
  expect([k, y]).toEqual([0.62, 28]);
});

test.each`
  box                                          | by
  ${{ x: 100, y: 100, width: 50, height: 50 }} | ${{ x: 0, y: 0 }}
  ${{ x: 780, y: 100, width: 50, height: 50 }} | ${{ x: -58, y: 0 }}
  ${{ x: -40, y: 590, width: 50, height: 50 }} | ${{ x: 68, y: -68 }}
`("what was clicked is moved into sight by as little as it takes", ({ box, by }) => {
  expect(nudgeIntoView(box, { k: 1, x: 0, y: 0 }, { width: 800, height: 600 })).toEqual(by);
});

test.each`
  find                         | ids
  ${""}                        | ${undefined}
  ${"cart"}                    | ${["a/cart"]}
  ${"ns = a"}                  | ${["/outside", "/outside~a/web", "a/cart", "a/web", "a/web~a/cart", "a/web~b/pay", "b/pay"]}
  ${"kind = service ns = a"}   | ${["a/cart", "a/web", "a/web~a/cart"]}
  ${"p99 > 20ms target = pay"} | ${["a/web", "a/web~b/pay", "b/pay"]}
  ${"version = v9"}            | ${[]}
`("found by “$find”", ({ find, ids }) => {
  const found = foundOn(view, parseFind(find).matches);
  expect(found && [...found.ids].sort()).toEqual(ids);
});

test("what is hidden goes, and its edges with it", () => {
  const { nodes, edges } = withoutHidden(view, parseFind("name = web").matches);
  expect(nodes.map(({ id }) => id)).toEqual(["/outside", "a/cart", "b/pay"]);
  expect(edges).toEqual([]);
  expect(withoutHidden(view, parseFind("target = pay").matches).edges).toHaveLength(2);
  expect(withoutHidden(view, undefined)).toBe(view);
});

test.each`
  hide              | hidden
  ${""}             | ${{ services: 0, edges: 0 }}
  ${"name = web"}   | ${{ services: 1, edges: 3 }}
  ${"target = pay"} | ${{ services: 0, edges: 1 }}
`("hidden by “$hide”: $hidden", ({ hide, hidden }) => {
  expect(hiddenFrom(view, withoutHidden(view, parseFind(hide).matches))).toEqual(hidden);
});

test("what is hidden is told from what is not there", () => {
  expect(isOn(view, { kind: "edge", id: "a/web~b/pay" })).toBe(true);
  expect(isOn(view, { kind: "node", id: "a/web~b/pay" })).toBe(false);
});

const bank = node("bank/*", {
  kind: "namespace",
  name: "bank",
  versions: [],
  services: 7,
  insideRps: 0.5,
  p99: 0.2,
});
const v2 = node("a/web@v2", { name: "web", version: "v2", versions: [], share: 0.1 });

test.each`
  of                                                                         | name        | figures         | row
  ${node("a/web")}                                                           | ${"web"}    | ${"1 rps"}      | ${undefined}
  ${node("a/web", { requests: 0 })}                                          | ${"web"}    | ${"idle"}       | ${undefined}
  ${node("a/web", { requests: 0, versions: [] })}                            | ${"web"}    | ${"no data"}    | ${undefined}
  ${v2}                                                                      | ${"web v2"} | ${"1 rps 10 %"} | ${undefined}
  ${node("a/web@v2", { ...v2, requests: 0, ready: true, share: undefined })} | ${"web v2"} | ${"idle"}       | ${undefined}
  ${bank}                                                                    | ${"bank"}   | ${"1 rps"}      | ${"7 services"}
`("on a node stands $name, $figures, $row", ({ of, name, figures, row }) => {
  const face = faceOf(of);
  expect([face.name, plain(face.figures), face.row && plain(face.row)]).toEqual([name, figures, row]);
});

test("versions stand in a box of their service where it has several; a collapsed namespace in none", () => {
  const v1 = node("a/web@v1", { ...v2, id: "a/web@v1", version: "v1" });
  const pay = node("b/pay@v1", { name: "pay", version: "v1", versions: [] });
  const groups = (of: Parameters<typeof mapGraph>[0]) => mapGraph(of, "right").nodes.map((n) => n.group);
  expect(groups({ nodes: [v1, v2, pay], edges: [], by: "version" })).toEqual(["a/web", "a/web", undefined]);
  expect(groups({ nodes: [v1, v2, pay], edges: [], by: "workload" })).toEqual(["a", "a", "b"]);
  expect(groups({ nodes: [outside, bank, node("a/web")], edges: [], by: "namespace" })).toEqual([
    ...[undefined, undefined, "a"],
  ]);
});

test("a map tells how many services it has, however they are put together", () => {
  expect(plain(describeMap([outside, bank, v2, node("a/web@v1", { ...v2 })], []))).toBe(
    "8 services, 0 edges, 0 rps",
  );
  expect(plain(describeNode(bank))).toBe(
    "namespace bank, healthy: no errors in 10 requests, 1 rps, 7 services",
  );
});

test.each`
  name                     | version         | short
  ${"payments"}            | ${undefined}    | ${"payments"}
  ${"recommendations-api"} | ${undefined}    | ${"recommendations…"}
  ${"recommendations"}     | ${"v1"}         | ${"recommendat… v1"}
  ${"recommendations"}     | ${"2026-11-29"} | ${"recommendations…"}
`("$name $version is short for $short", ({ name, version, short }) => {
  expect(shortName({ name, version }, version ? `${name} ${version}` : name)).toBe(short);
});

test.each`
  focus                                              | ids
  ${undefined}                                       | ${["/outside", "a/web", "a/cart", "b/pay"]}
  ${{ around: "a/cart", depth: "1", way: "both" }}   | ${["a/web", "a/cart"]}
  ${{ around: "a/cart", depth: "all", way: "both" }} | ${["/outside", "a/web", "a/cart"]}
  ${{ around: "a/web", depth: "1", way: "callees" }} | ${["a/web", "a/cart", "b/pay"]}
  ${{ around: "gone", depth: "1", way: "both" }}     | ${["/outside", "a/web", "a/cart", "b/pay"]}
`("the map with a focus of $focus has $ids, and the calls between them", ({ focus, ids }) => {
  const { nodes, edges } = viewAround(view, focus);
  expect(nodes.map(({ id }) => id)).toEqual(ids);
  const inside = view.edges.filter(({ source, target }) => ids.includes(source) && ids.includes(target));
  expect(edges).toEqual(inside);
});
