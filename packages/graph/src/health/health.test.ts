import { expect, test } from "vitest";
import { healthOf } from "./health.ts";

test.each`
  requests | errors | health
  ${0}     | ${0}   | ${"no-data"}
  ${10}    | ${0}   | ${"ok"}
  ${1000}  | ${1}   | ${"degraded"}
  ${1000}  | ${99}  | ${"degraded"}
  ${10}    | ${1}   | ${"failing"}
  ${1}     | ${1}   | ${"failing"}
`("$errors errors of $requests requests: $health", ({ requests, errors, health }) => {
  expect(healthOf(requests, errors)).toBe(health);
});
