import { expect, test } from "vitest";
import { canaryPath, tracesPath } from "./service-path.ts";

test("a name leads where it says, whatever stands in it", () => {
  const service = { namespace: "a&b", name: "x/y#z" };
  expect(canaryPath(service)).toBe("/canaries/a%26b/x%2Fy%23z");
  expect(new URL(tracesPath(service), "http://console").searchParams.get("service")).toBe("a&b/x/y#z");
});
