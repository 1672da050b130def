import { expect, test } from "vitest";
import { nextRestart } from "./back-off.ts";

test.each`
  inRow | ranForMs  | delayMs   | count | why
  ${0}  | ${100}    | ${200}    | ${1}  | ${"the first end"}
  ${1}  | ${100}    | ${400}    | ${2}  | ${"doubles"}
  ${2}  | ${29_999} | ${800}    | ${3}  | ${"not healthy yet"}
  ${5}  | ${100}    | ${6400}   | ${6}  | ${"still doubling"}
  ${6}  | ${100}    | ${10_000} | ${7}  | ${"10 s is the longest"}
  ${60} | ${100}    | ${10_000} | ${61} | ${"for ever"}
  ${60} | ${30_000} | ${200}    | ${1}  | ${"healthy for 30 s: begins anew"}
`("after $inRow restarts and $ranForMs ms: $delayMs ms ($why)", ({ inRow, ranForMs, delayMs, count }) => {
  expect(nextRestart(inRow, ranForMs)).toEqual({ delayMs, count });
});
