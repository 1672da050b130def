import { expect, test } from "vitest";
import { traceIdIn } from "./trace-id-in.ts";

const id = "4bf92f3577b34da6a3ce929d0e0e4736";

test.each`
  text                                          | found                                 | what
  ${id}                                         | ${id}                                 | ${"an id"}
  ${` ${id.toUpperCase()} `}                    | ${id}                                 | ${"one in capitals with blanks"}
  ${`00-${id}-00f067aa0ba902b7-01`}             | ${id}                                 | ${"a traceparent"}
  ${`https://jaeger.test/trace/${id}?uiFind=x`} | ${id}                                 | ${"an address"}
  ${"a3ce929d0e0e4736"}                         | ${"0000000000000000a3ce929d0e0e4736"} | ${"64 bits"}
  ${"0".repeat(32)}                             | ${undefined}                          | ${"zeros, which are no id"}
  ${`${id}0`}                                   | ${undefined}                          | ${"a digit too many"}
  ${"payments"}                                 | ${undefined}                          | ${"a name"}
`("in $what is $found", ({ text, found }) => {
  expect(traceIdIn(text)).toBe(found);
});
