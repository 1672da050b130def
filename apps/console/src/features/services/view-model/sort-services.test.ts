import { expect, test } from "vitest";
import { filterServices, type ServiceRow, type SortKey, sortServices } from "./sort-services.ts";

const row = (
  name: string,
  rps: number,
  errors: number,
  p99: number | undefined,
  mode: "observe" | "enforce",
): ServiceRow => ({
  id: `shop/${name}`,
  namespace: "shop",
  name,
  kind: "service",
  mode: { mode, origin: "mesh" },
  versions: [],
  requests: rps * 10,
  errors,
  clientErrors: 0,
  grpcErrors: 0,
  rps,
  p50: undefined,
  p95: undefined,
  p99,
  course: [],
});

const rows = [
  row("b", 2, 1, 0.2, "observe"),
  row("a", 2, 4, 0.1, "enforce"),
  row("c", 0, 0, undefined, "observe"),
];

test.each<{ key: SortKey; descending: boolean; order: string }>([
  { key: "name", descending: false, order: "abc" },
  { key: "name", descending: true, order: "cba" },
  { key: "health", descending: false, order: "abc" },
  { key: "rate", descending: true, order: "abc" },
  { key: "errors", descending: true, order: "abc" },
  { key: "errors", descending: false, order: "bac" },
  { key: "p99", descending: true, order: "bac" },
  { key: "p99", descending: false, order: "abc" },
  { key: "mode", descending: false, order: "abc" },
  { key: "p50", descending: true, order: "abc" },
])("by $key, descending $descending: $order", ({ key, descending, order }) => {
  expect(
    sortServices(rows, key, descending)
      .map((r) => r.name)
      .join(""),
  ).toBe(order);
});

test.each`
  text          | found
  ${""}         | ${["b", "a", "c"]}
  ${"  SHOP/A"} | ${["a"]}
  ${"b"}        | ${["b"]}
  ${"pay"}      | ${[]}
`("'$text' finds $found", ({ text, found }) => {
  expect(filterServices(rows, text).map(({ name }) => name)).toEqual(found);
});
