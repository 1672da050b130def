import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";

test.each`
  failed   | least      | most
  ${1}     | ${500}     | ${1_000}
  ${2}     | ${1_000}   | ${2_000}
  ${5}     | ${8_000}   | ${16_000}
  ${11}    | ${300_000} | ${600_000}
  ${5_000} | ${300_000} | ${600_000}
`("after $failed failures between $least and $most ms", ({ failed, least, most }) => {
  expect(backOffMs(failed, () => 0)).toBe(least);
  expect(backOffMs(failed, () => 1)).toBe(most);
});
