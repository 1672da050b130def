import { expect, test } from "vitest";
import { exportName, graphJson } from "./graph-json.ts";
import { edge, node } from "./testing/sample-map.ts";

test("what is exported is what is shown, and reads back", () => {
  const view = { nodes: [node("a/web"), node("b/pay")], edges: [edge("a/web", "b/pay")] };
  expect(JSON.parse(graphJson(view, "15m"))).toEqual({ by: "service", window: "15m", ...view });
  expect(JSON.parse(graphJson({ ...view, by: "version" }, "15m")).by).toBe("version");
});

test.each`
  window                                         | name
  ${"15m"}                                       | ${"weir-map-15m.svg"}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:15:00Z"} | ${"weir-map-2026-11-01T100000Z_2026-11-01T101500Z.svg"}
`("the file of $window is $name", ({ window, name }) => {
  expect(exportName(window, "svg")).toBe(name);
});
