import { expect, test } from "vitest";
import { enforcePath, switchOfSearch } from "./enforce-path.ts";

test.each`
  at                                                           | path
  ${{ scope: "policy", namespace: "shop", name: "limit" }}     | ${"/enforcements/new?policy=shop/limit"}
  ${{ scope: "service", namespace: "shop", name: "payments" }} | ${"/enforcements/new?service=shop/payments"}
  ${{ scope: "namespace", name: "shop" }}                      | ${"/enforcements/new?namespace=shop"}
  ${{ scope: "mesh" }}                                         | ${"/enforcements/new?mesh=true"}
`("$at is at $path, and read from there again", ({ at, path }) => {
  expect(enforcePath(at)).toBe(path);
  const search = new URLSearchParams(path.slice(path.indexOf("?")));
  const get = (name: string) => search.get(name);
  const read = { policy: get("policy"), service: get("service"), namespace: get("namespace") };
  expect(switchOfSearch({ ...read, mesh: get("mesh") === "true" })).toEqual(at);
});

test.each`
  search                               | why
  ${{}}                                | ${"nothing is named"}
  ${{ policy: "limit" }}               | ${"it has no namespace"}
  ${{ policy: "a/b/c" }}               | ${"it has too many parts"}
  ${{ namespace: "shop", mesh: true }} | ${"two are named"}
`("no switch where $why", ({ search }) => {
  const none = { policy: null, service: null, namespace: null, mesh: false };
  expect(switchOfSearch({ ...none, ...search })).toBeUndefined();
});
