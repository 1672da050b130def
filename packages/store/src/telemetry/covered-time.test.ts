import { expect, test } from "vitest";
import { coveredTime } from "./covered-time.ts";

// Seconds. Window 100 to 400; slots are 10 s long.
test.each`
  oldest       | newest       | from   | to     | why
  ${undefined} | ${undefined} | ${100} | ${400} | ${"nothing is known: the whole window"}
  ${50}        | ${390}       | ${100} | ${400} | ${"data all the way"}
  ${340}       | ${390}       | ${340} | ${400} | ${"a mesh that is a minute old"}
  ${50}        | ${370}       | ${100} | ${380} | ${"what is on its way is no silence"}
  ${50}        | ${360}       | ${100} | ${400} | ${"silence since long enough to be real"}
  ${390}       | ${390}       | ${390} | ${400} | ${"the very first slot"}
`("$why", ({ oldest, newest, from, to }) => {
  const ms = (seconds?: number) => (seconds === undefined ? undefined : seconds * 1000);
  const covered = coveredTime({ fromMs: 100_000, toMs: 400_000 }, ms(oldest), ms(newest));
  expect(covered).toEqual({ fromMs: from * 1000, toMs: to * 1000 });
});

test("a slot that has just begun still counts as one", () => {
  const covered = coveredTime({ fromMs: 0, toMs: 101_000 }, 100_000, 100_000);
  expect(covered).toEqual({ fromMs: 100_000, toMs: 110_000 });
});
