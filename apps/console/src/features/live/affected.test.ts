import { expect, test } from "vitest";
import { isAffected } from "./affected.ts";

test.each`
  kind           | path                       | old
  ${"config"}    | ${["topology", "get"]}     | ${true}
  ${"config"}    | ${["traces", "search"]}    | ${false}
  ${"config"}    | ${["policies", "get"]}     | ${true}
  ${"config"}    | ${["policies", "schema"]}  | ${false}
  ${"config"}    | ${["enforcement", "list"]} | ${true}
  ${"telemetry"} | ${["enforcement", "list"]} | ${false}
  ${"telemetry"} | ${["modes", "state"]}      | ${false}
  ${"telemetry"} | ${["services", "list"]}    | ${true}
  ${"telemetry"} | ${["services", "get"]}     | ${true}
  ${"telemetry"} | ${["services", "names"]}   | ${false}
  ${"telemetry"} | ${["mesh", "ingest"]}      | ${true}
  ${"endpoints"} | ${["mesh", "sidecars"]}    | ${true}
  ${"resync"}    | ${["traces", "search"]}    | ${true}
  ${"lost"}      | ${["topology", "get"]}     | ${false}
`("a change of $kind makes $path old: $old", ({ kind, path, old }) => {
  expect(isAffected(kind, [path, { type: "query" }])).toBe(old);
});

test("a key of somebody else's making is none of ours", () => {
  expect(isAffected("config", ["topology"])).toBe(false);
});
