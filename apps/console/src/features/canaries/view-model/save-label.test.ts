import { expect, test } from "vitest";
import { saveLabel } from "./save-label.ts";

const weights = [
  { version: "v1", weight: 70 },
  { version: "v2", weight: 30 },
];

test.each`
  mode         | stable       | label
  ${"observe"} | ${"v1"}      | ${"Save: sidecars will record 30 % to v2, traffic stays on v1"}
  ${"enforce"} | ${"v1"}      | ${"Send 30 % of requests to v2 now"}
  ${"enforce"} | ${"v2"}      | ${"Send 70 % of requests to v1 now"}
  ${"enforce"} | ${undefined} | ${"Send 70 % of requests to v1 and 30 % to v2 now"}
`("in $mode with $stable stable: $label", ({ mode, stable, label }) => {
  expect(saveLabel(weights, stable, mode)).toBe(label);
});
