import type { Placement } from "@weir/graph";
import { expect, test } from "vitest";
import { nodeChanges, packEdges, packGeometry, placedNodes, slotsOf } from "../drawing/pack-scene.ts";
import { newScene } from "../drawing/paint/painted-scene.ts";
import { readPalette } from "../drawing/palette.ts";
import type { Style } from "../drawing/scene.ts";
import { edge, node } from "../view-model/testing/sample-map.ts";
import { paintedSvg } from "./painted-svg.ts";
import { boxOfAll } from "./picture-size.ts";

const points = [100, 120, 180, 200].map((x) => ({ x, y: 20 }));
const placement: Placement = {
  ...{ key: "k", direction: "right" },
  nodes: new Map([
    ["a/shop", { x: 0, y: 0, width: 172, height: 74 }],
    ["a/pay", { x: 300, y: 0, width: 172, height: 74 }],
  ]),
  edges: new Map([
    ["a/shop~a/pay", { source: "a/shop", target: "a/pay", points, labelAt: { x: 150, y: 20 }, curved: true }],
  ]),
  groups: new Map([["a & b", { x: -20, y: -20, width: 520, height: 120 }]]),
};
/** Each colour is its own name. */
const palette = readPalette({ getPropertyValue: (name: string) => name.slice(2) } as CSSStyleDeclaration);
const style: Style = { palette, fonts: [], sans: "Sans", mono: "Mono" };

function svgOf(nodes = [node("a/shop"), node("a/pay", { requests: 100, errors: 50 })]): string {
  const slots = slotsOf(placement);
  const view = { nodes, edges: [edge("a/shop", "a/pay", { requests: 100, errors: 50 })] };
  const changes = nodeChanges([], placedNodes(view, slots));
  const scene = newScene(packGeometry(placement), changes, packEdges(view, slots));
  return paintedSvg(scene, boxOfAll(placement), style, (text) => 7 * text.length);
}

test("services, edges and namespaces are in it, in their colours and on the page's ground", () => {
  const svg = svgOf();
  expect(svg).toMatch(/^<svg [^>]*width="568.00" height="168.00" viewBox="-44.00 -44.00 568.00 168.00">/);
  expect(svg).toContain('<rect x="-44" y="-44" width="568" height="168" fill="page"/>');
  for (const text of ["shop", "pay", "v1", "a &amp; b"]) expect(svg).toContain(`>${text}</text>`);
  expect(svg).toMatch(
    /<path d="M100,20C120,20,180,20,191,20" fill="none" stroke="failing"[^>]*dasharray="5 4"/,
  );
});

test("what telemetry calls a service is no element of the file", () => {
  const svg = svgOf([node("a/shop", { name: "<a\u0001&b>" })]);
  expect(svg).toContain(">&lt;a\u{fffd}&amp;b&gt;</text>");
  expect(svg).not.toContain("<a\u0001");
});
