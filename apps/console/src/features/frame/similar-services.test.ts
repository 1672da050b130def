import { expect, test } from "vitest";
import { similarServices } from "./similar-services.ts";

const services = ["shop/payments", "shop/cart", "bank/payments", "shop/payments-db", "infra/gateway"].map(
  (id) => {
    const [namespace = "", name = ""] = id.split("/");
    return { namespace, name };
  },
);

test.each`
  wanted              | similar
  ${"shop/paymets"}   | ${["shop/payments", "bank/payments", "shop/payments-db"]}
  ${"infra/payments"} | ${["bank/payments", "shop/payments", "shop/payments-db"]}
  ${"shop/Cart"}      | ${["shop/cart"]}
  ${"shop/gate"}      | ${["infra/gateway"]}
  ${"shop/zzz"}       | ${[]}
  ${"shop/"}          | ${[]}
`("$wanted is perhaps $similar", ({ wanted, similar }) => {
  const [namespace, name] = wanted.split("/");
  const found = similarServices({ namespace, name }, services);
  expect(found.map((service) => `${service.namespace}/${service.name}`)).toEqual(similar);
});
