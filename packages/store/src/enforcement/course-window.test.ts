import { expect, test } from "vitest";
import { stepsOf } from "../telemetry/steps.ts";
import { courseWindow } from "./course-window.ts";

// In seconds; the switch is at 1,000.
test.each`
  predicted | ended        | now          | window                      | why
  ${300}    | ${undefined} | ${1_000}     | ${[700, 1_000, 10]}         | ${"the moment of the switch"}
  ${300}    | ${undefined} | ${1_059}     | ${[700, 1_050, 10]}         | ${"the slot that is not over is left out"}
  ${900}    | ${undefined} | ${1_600}     | ${[400, 1_600, 20]}         | ${"as long before as after"}
  ${300}    | ${undefined} | ${1_600}     | ${[700, 1_600, 10]}         | ${"not before what it was predicted by"}
  ${10}     | ${undefined} | ${1_060}     | ${[940, 1_060, 10]}         | ${"a minute before, at least"}
  ${90_000} | ${undefined} | ${90_010}    | ${[-90_000, 90_000, 3_600]} | ${"a day, by the hour"}
  ${300}    | ${undefined} | ${9_001_000} | ${[0, 8_985_600, 172_800]}  | ${"a hundred days, by two days"}
  ${300}    | ${1_100}     | ${1_120}     | ${[700, 1_120, 10]}         | ${"it has just ended"}
  ${300}    | ${1_100}     | ${90_000}    | ${[700, 1_160, 10]}         | ${"frozen a minute after its end"}
  ${300}    | ${4_600}     | ${90_000}    | ${[660, 4_920, 60]}         | ${"frozen a tenth after its end, in whole minutes"}
`("$why", ({ predicted, ended, now, window }) => {
  const { fromMs, toMs, stepMs, steps } = courseWindow({
    predicted: { fromMs: 0, toMs: predicted * 1_000 },
    ...{ switchedMs: 1_000_000, endedMs: ended && ended * 1_000, nowMs: now * 1_000 },
  });
  expect([fromMs / 1_000, toMs / 1_000, stepMs / 1_000]).toEqual(window);
  expect(steps).toBe((toMs - fromMs) / stepMs);
  // As series have them, so that both are drawn over the same times.
  expect(stepsOf({ fromMs, toMs }, steps)).toEqual({ stepMs, count: steps, window: { fromMs, toMs } });
});
