import { expect, test } from "vitest";
import { untilNewStep } from "./until-new-step.ts";

// In seconds; the last interval that was told of ends at 1,000.
test.each`
  step   | now      | heard        | until  | why
  ${10}  | ${1_006} | ${1_010}     | ${10}  | ${"a slot is the shortest there is"}
  ${60}  | ${1_006} | ${1_010}     | ${59}  | ${"an interval of a minute is over in a minute"}
  ${600} | ${1_400} | ${1_410}     | ${205} | ${"asked in the middle, what is left of it"}
  ${600} | ${1_599} | ${1_610}     | ${10}  | ${"never sooner than a slot"}
  ${60}  | ${1_002} | ${1_010}     | ${10}  | ${"some of the last slot may be on its way"}
  ${60}  | ${1_020} | ${1_000}     | ${10}  | ${"nothing was heard after the last interval"}
  ${60}  | ${1_020} | ${undefined} | ${10}  | ${"nothing was ever heard"}
`("$why", ({ step, now, heard, until }) => {
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);
  const told = { toMs: 1_000_000, stepMs: step * 1_000, nowMs: now * 1_000, heardUntilMs: ms(heard) };
  expect(untilNewStep(told)).toBe(until * 1_000);
});
