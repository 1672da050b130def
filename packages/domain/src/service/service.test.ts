import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { Endpoint, Service, Workload } from "./service.ts";

test("a service needs only its name and namespace", () => {
  expect(Service.parse({ namespace: "shop", name: "cart" })).toEqual({
    namespace: "shop",
    name: "cart",
    hosts: [],
    protocol: "http",
  });
});

test.each`
  schema      | value                                                             | path
  ${Service}  | ${{ namespace: "shop", name: "Cart" }}                            | ${"name"}
  ${Service}  | ${{ namespace: "shop", name: "cart", protocol: "smtp" }}          | ${"protocol"}
  ${Service}  | ${{ namespace: "shop", name: "cart", hosts: [""] }}               | ${"hosts[0]"}
  ${Service}  | ${{ namespace: "shop", name: "cart", stableVersion: "" }}         | ${"stableVersion"}
  ${Service}  | ${{ namespace: "shop", name: "cart", port: 80 }}                  | ${"port"}
  ${Endpoint} | ${{ address: "127.0.0.1", version: "v1" }}                        | ${"address"}
  ${Endpoint} | ${{ address: "127.0.0.1:80", version: "v1", zone: "" }}           | ${"zone"}
  ${Workload} | ${{ namespace: "shop", service: "cart" }}                         | ${"version"}
  ${Workload} | ${{ namespace: "shop", service: "cart", version: "v1", pod: "" }} | ${"pod"}
`("$value is refused at $path", ({ schema, value, path }) => {
  expect(findingsOf(schema.safeParse(value).error!).map((f) => f.path)).toEqual([path]);
});
