import { expect, test } from "vitest";
import { scopedView } from "./scoped-view.ts";

const node = (id: string) => ({ id, namespace: id.split("/")[0] ?? "" });
const edge = (source: string, target: string) => ({ source, target });
const view = {
  nodes: ["/outside", "bank/ledger", "bank/vault", "shop/cart", "shop/web"].map(node),
  edges: [
    edge("/outside", "shop/web"),
    edge("shop/web", "shop/cart"),
    edge("shop/cart", "bank/ledger"),
    edge("bank/ledger", "bank/vault"),
  ],
};

test.each`
  scope               | nodes                                                   | edges
  ${[]}               | ${5}                                                    | ${4}
  ${["shop"]}         | ${["/outside", "bank/ledger", "shop/cart", "shop/web"]} | ${3}
  ${["bank"]}         | ${["bank/ledger", "bank/vault", "shop/cart"]}           | ${2}
  ${["shop", "bank"]} | ${5}                                                    | ${4}
  ${["other"]}        | ${[]}                                                   | ${0}
`("of $scope are shown $nodes", ({ scope, nodes, edges }) => {
  const scoped = scopedView(view, scope);
  expect(typeof nodes === "number" ? scoped.nodes.length : scoped.nodes.map(({ id }) => id)).toEqual(nodes);
  expect(scoped.edges).toHaveLength(edges);
});
