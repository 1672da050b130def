import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

test.each`
  header                             | ms           | why
  ${undefined}                       | ${undefined} | ${"absent"}
  ${"120"}                           | ${120_000}   | ${"seconds"}
  ${"Thu, 01 Jan 1970 00:01:00 GMT"} | ${59_000}    | ${"a date"}
  ${"Thu, 01 Jan 1970 00:00:00 GMT"} | ${0}         | ${"a date that is past"}
  ${"soon"}                          | ${undefined} | ${"neither"}
`("$header is $ms ms: $why", ({ header, ms }) => {
  expect(retryAfterMs(header, 1_000)).toBe(ms);
});
