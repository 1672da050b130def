import { expect, test } from "vitest";
import { grafanaAnnotation } from "./grafana-annotation.ts";

const told = {
  ...({
    uid: "u",
    topic: "health",
    type: "service.failing",
    severity: "critical",
    title: "t",
    text: "",
  } as const),
  ...{ at: new Date(1_796_212_800_000), path: '/services/-/a"b', data: {} },
};

test.each`
  data                                      | service
  ${{ subject: "rollout/shop/payments" }}   | ${["shop/payments"]}
  ${{ subject: "service/shop/cart" }}       | ${["shop/cart"]}
  ${{ subject: "policy/shop/limit" }}       | ${[]}
  ${{ subject: "mesh" }}                    | ${[]}
  ${{ namespace: "shop", service: "cart" }} | ${["shop/cart"]}
`("of $data the tags name $service", ({ data, service }) => {
  const { tags } = JSON.parse(grafanaAnnotation({ ...told, data }, "https://w"));
  expect(tags).toEqual(["weir", "health", "service.failing", "critical", ...service]);
});

test("its time is that of what happened, and nothing in it is HTML but the link", () => {
  expect(JSON.parse(grafanaAnnotation({ ...told, title: "<img src=x>" }, "https://w"))).toMatchObject({
    time: 1_796_212_800_000,
    text: '&lt;img src=x&gt;<br><a href="https://w/services/-/a&quot;b">Open in Weir</a>',
  });
});
