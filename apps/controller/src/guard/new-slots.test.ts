import { expect, test } from "vitest";
import { newSlots } from "./new-slots.ts";

// In seconds.
test.each`
  since  | newest       | now      | slots         | why
  ${0}   | ${undefined} | ${100}   | ${undefined}  | ${"nothing is known of any"}
  ${0}   | ${10}        | ${100}   | ${undefined}  | ${"nothing later was heard of"}
  ${0}   | ${20}        | ${100}   | ${[0, 10]}    | ${"the next one has begun"}
  ${3}   | ${40}        | ${100}   | ${[10, 30]}   | ${"the one that had begun before is not whole"}
  ${20}  | ${60}        | ${44}    | ${[20, 30]}   | ${"what others have to say of it may still come"}
  ${20}  | ${60}        | ${45}    | ${[20, 40]}   | ${"all has come"}
  ${60}  | ${60}        | ${100}   | ${undefined}  | ${"it was taken in before"}
  ${0}   | ${9_000}     | ${9_000} | ${[0, 3_600]} | ${"after an absence, an hour at a time"}
  ${100} | ${200}       | ${20}    | ${undefined}  | ${"the clock went back"}
`("$slots since $since of $newest at $now: $why", ({ since, newest, now, slots }) => {
  const found = newSlots({
    ...{ sinceMs: since * 1_000, nowMs: now * 1_000 },
    newestEndMs: newest === undefined ? undefined : newest * 1_000,
  });
  expect(found && [found.fromMs / 1_000, found.toMs / 1_000]).toEqual(slots);
});
