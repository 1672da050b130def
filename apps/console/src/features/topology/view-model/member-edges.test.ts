import { expect, test } from "vitest";
import { memberEdges } from "./member-edges.ts";
import { edge, node } from "./testing/sample-map.ts";

const services = {
  nodes: ["shop/cart", "shop/checkout", "bank/ledger", "bank/cards"].map((id) => node(id)),
  edges: [
    edge("shop/cart", "bank/ledger", { requests: 5 }),
    edge("shop/checkout", "bank/ledger", { requests: 9 }),
    edge("shop/checkout", "bank/cards", { requests: 7 }),
    edge("bank/ledger", "shop/cart"),
    edge("shop/cart", "shop/checkout"),
  ],
};

test.each`
  source                                                   | destination                                                | members
  ${{ namespace: "shop" }}                                 | ${{ namespace: "bank" }}                                   | ${["shop/checkout~bank/ledger", "shop/checkout~bank/cards", "shop/cart~bank/ledger"]}
  ${{ namespace: "shop", service: "checkout" }}            | ${{ namespace: "bank" }}                                   | ${["shop/checkout~bank/ledger", "shop/checkout~bank/cards"]}
  ${{ namespace: "shop" }}                                 | ${{ namespace: "shop" }}                                   | ${["shop/cart~shop/checkout"]}
  ${{ namespace: "shop", service: "cart", version: "v1" }} | ${{ namespace: "bank", service: "ledger", version: "v2" }} | ${["shop/cart~bank/ledger"]}
  ${{ namespace: "shop", service: "nobody" }}              | ${{ namespace: "bank" }}                                   | ${[]}
`("$source to $destination is $members", ({ source, destination, members }) => {
  expect(memberEdges(services, { source, destination }).map(({ id }) => id)).toEqual(members);
});
