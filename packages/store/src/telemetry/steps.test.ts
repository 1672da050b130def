import { expect, test } from "vitest";
import { stepsOf } from "./steps.ts";

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

test.each`
  length         | slots  | stepMs         | why
  ${minute}      | ${60}  | ${10 * second} | ${"never under ten seconds"}
  ${15 * minute} | ${60}  | ${20 * second} | ${"fifteen seconds are no length that slots make up"}
  ${hour}        | ${60}  | ${minute}      | ${"a minute is"}
  ${6 * hour}    | ${72}  | ${5 * minute}  | ${"so are five"}
  ${6 * hour}    | ${60}  | ${10 * minute} | ${"six are not"}
  ${24 * hour}   | ${72}  | ${20 * minute} | ${"a day"}
  ${7 * day}     | ${60}  | ${3 * hour}    | ${"a week"}
  ${400 * day}   | ${100} | ${4 * day}     | ${"whole days beyond half of one"}
  ${hour}        | ${0}   | ${hour}        | ${"no slots are one"}
`("$length ms in about $slots: $why", ({ length, slots, stepMs }) => {
  const toMs = 1_793_523_600_000;
  const steps = stepsOf({ fromMs: toMs - length, toMs }, slots);
  expect(steps.stepMs).toBe(stepMs);
  expect(steps.window.fromMs % stepMs).toBe(0);
  expect(steps.window.fromMs).toBeLessThanOrEqual(toMs - length);
  expect(steps.window.fromMs + steps.count * stepMs).toBeGreaterThanOrEqual(toMs);
});

test("asked again a moment later, the same intervals come back", () => {
  const at = (ms: number) => stepsOf({ fromMs: ms - hour, toMs: ms }, 60);
  expect(at(10 * hour + 41_000).window.fromMs).toBe(at(10 * hour + 49_000).window.fromMs);
});
