import { expect, test } from "vitest";
import { edge, node } from "../view-model/testing/sample-map.ts";
import { nearPart } from "./near-part.ts";

const ids = Array.from({ length: 60 }, (_, i) => `shop/s${i}`);
const view = {
  nodes: ids.map((id) => node(id)),
  edges: ids.slice(1).map((id) => edge("shop/s0", id)),
};
const nothing = { selection: undefined, around: undefined, looked: [], inSight: [], scale: 1 };
const idsOf = (attention: Partial<Parameters<typeof nearPart>[1]>) => {
  const { nodes, edges } = nearPart(view, { ...nothing, ...attention });
  return [...nodes, ...edges].map(({ id }) => id);
};

test.each`
  what                                   | attention                                                                                                              | count
  ${"nothing"}                           | ${{}}                                                                                                                  | ${0}
  ${"a few services that can be read"}   | ${{ inSight: ids.slice(0, 5) }}                                                                                        | ${5}
  ${"the same from afar"}                | ${{ inSight: ids.slice(0, 5), scale: 0.3 }}                                                                            | ${0}
  ${"too many"}                          | ${{ inSight: ids }}                                                                                                    | ${0}
  ${"what the pointer is over"}          | ${{ looked: ["shop/s0~shop/s1", undefined], scale: 0.1 }}                                                              | ${1}
  ${"a selection with its neighbours"}   | ${{ selection: { kind: "node", id: ids[1] }, around: new Set([ids[1], ids[0], "shop/s0~shop/s1"]) }}                   | ${3}
  ${"a hub alone, its edges as picture"} | ${{ selection: { kind: "node", id: ids[0] }, around: new Set([...ids, ...view.edges.map(({ id }) => id), "x", "y"]) }} | ${1}
`("drawn as buttons: $what", ({ attention, count }) => {
  expect(idsOf(attention)).toHaveLength(count);
});
