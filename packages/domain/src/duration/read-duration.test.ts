import { expect, test } from "vitest";
import { readDuration } from "./read-duration.ts";

test.each`
  text               | ms
  ${"15ns"}          | ${0.000_015}
  ${"80us"}          | ${0.08}
  ${"80\u00b5s"}     | ${0.08}
  ${"80\u03bcs"}     | ${0.08}
  ${"200ms"}         | ${200}
  ${"0.1ms"}         | ${0.1}
  ${"1.5s"}          | ${1_500}
  ${".5s"}           | ${500}
  ${"2m"}            | ${120_000}
  ${"2min"}          | ${120_000}
  ${"1h"}            | ${3_600_000}
  ${"0s"}            | ${0}
  ${"1.0000000019s"} | ${1_000.000_002}
`("$text is $ms ms", ({ text, ms }) => {
  expect(readDuration(text)).toBe(ms);
});

test.each`
  text            | why
  ${""}           | ${"empty"}
  ${"200"}        | ${"no unit"}
  ${"ms"}         | ${"no number"}
  ${"-1s"}        | ${"negative"}
  ${"1d"}         | ${"an unknown unit"}
  ${"1S"}         | ${"units are lower-case"}
  ${"1e9h"}       | ${"a power of ten"}
  ${"1.s"}        | ${"a point before nothing"}
  ${"1m30s"}      | ${"two units"}
  ${" 1s"}        | ${"a space"}
  ${"1s\n"}       | ${"a line end"}
  ${"999999999h"} | ${"longer than anything takes"}
`("'$text' is no duration: $why", ({ text }) => {
  expect(readDuration(text)).toBeUndefined();
});
