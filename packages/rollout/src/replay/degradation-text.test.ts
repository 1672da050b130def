import { expect, test } from "vitest";
import { errorsOfText, latencyOfText } from "./degradation-text.ts";

test.each`
  text        | errors               | latency
  ${"+2%"}    | ${{ points: 0.02 }}  | ${undefined}
  ${"+0.5 %"} | ${{ points: 0.005 }} | ${undefined}
  ${"+100%"}  | ${{ points: 1 }}     | ${undefined}
  ${"+101%"}  | ${undefined}         | ${undefined}
  ${"x1.5"}   | ${{ times: 1.5 }}    | ${{ times: 1.5 }}
  ${"x0.5"}   | ${undefined}         | ${undefined}
  ${"x1001"}  | ${undefined}         | ${undefined}
  ${"+50ms"}  | ${undefined}         | ${{ addedMs: 50 }}
  ${"+1.5s"}  | ${undefined}         | ${{ addedMs: 1_500 }}
  ${"+1 min"} | ${undefined}         | ${{ addedMs: 60_000 }}
  ${"+61min"} | ${undefined}         | ${undefined}
  ${"-2%"}    | ${undefined}         | ${undefined}
  ${"2"}      | ${undefined}         | ${undefined}
  ${""}       | ${undefined}         | ${undefined}
`("$text", ({ text, errors, latency }) => {
  expect(errorsOfText(text)).toEqual(errors);
  expect(latencyOfText(text)).toEqual(latency);
});
