import type { Step } from "@weir/rollout";
import { expect, test } from "vitest";
import { draggedSpan, staircase, standsAtPx, timeScale } from "./staircase.ts";

const minute = 60_000;
const steps: Step[] = [
  { mirror: 10, forMs: 0 },
  { weight: 20, forMs: 5 * minute },
  { weight: 100, forMs: 15 * minute },
];

test("steps fill the width, each wide enough to be caught", () => {
  const stairs = staircase(steps, timeScale(steps, 520));
  expect(stairs.map(({ way, share }) => [way, share])).toEqual([
    ["mirror", 0.1],
    ["weight", 0.2],
    ["weight", 1],
  ]);
  const widths = stairs.map(({ widthPx }) => widthPx);
  expect(widths[0]).toBe(40);
  expect(widths[2]! - 40).toBeCloseTo(3 * (widths[1]! - 40));
  expect(stairs.at(-1)!.leftPx + stairs.at(-1)!.widthPx).toBeCloseTo(520);
});

test("a border that is dragged stays under the pointer", () => {
  const scale = timeScale(steps, 520);
  const before = staircase(steps, scale)[1]!;
  const forMs = draggedSpan(5 * minute, 50, scale);
  const after = staircase([steps[0]!, { weight: 20, forMs }, steps[2]!], scale)[1]!;
  expect(after.widthPx - before.widthPx).toBeCloseTo(50);
  expect(draggedSpan(5 * minute, -10_000, scale)).toBe(0);
});

test("a plan without any time can be dragged longer", () => {
  const timeless: Step[] = [{ weight: 100, forMs: 0 }];
  expect(draggedSpan(0, 48, timeScale(timeless, 520))).toBeCloseTo(minute);
});

test.each`
  step | inStepMs        | at
  ${1} | ${0}            | ${40}
  ${1} | ${2.5 * minute} | ${110}
  ${1} | ${90 * minute}  | ${180}
  ${0} | ${0}            | ${40}
  ${9} | ${0}            | ${0}
`("in step $step after $inStepMs ms it stands at $at", ({ step, inStepMs, at }) => {
  const stairs = staircase(steps, timeScale(steps, 520));
  expect(standsAtPx(stairs, steps, { step, inStepMs })).toBeCloseTo(at);
});
