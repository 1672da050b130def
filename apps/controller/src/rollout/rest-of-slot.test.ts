import { expect, test } from "vitest";
import { restOf } from "./rest-of-slot.ts";

const signals = (requests: number, failures: number, ...counts: [number, number][]) => ({
  ...{ requests, failures },
  durations: { indexes: counts.map(([index]) => index), counts: counts.map(([, count]) => count) },
});
const whole = {
  ...{ fromMs: 10_000, toMs: 20_000 },
  versions: [signals(10, 3, [-50, 4], [-40, 6]), signals(90, 1, [-50, 90])],
};
const open = {
  ...{ fromMs: 10_000, toMs: 16_000 },
  versions: [signals(6, 1, [-50, 4], [-40, 2]), signals(50, 1, [-50, 50])],
};

test("what was taken in of a slot is not counted again", () => {
  expect(restOf([whole], open)).toEqual([
    { fromMs: 16_000, toMs: 20_000, versions: [signals(4, 2, [-40, 4]), signals(40, 0, [-50, 40])] },
  ]);
});

test("other slots are whole, and so are all where none was open", () => {
  const other = { ...whole, fromMs: 20_000, toMs: 30_000 };
  expect(restOf([other], open)).toEqual([other]);
  expect(restOf([whole], undefined)).toEqual([whole]);
});

test("what was taken back counts as nothing", () => {
  const less = { ...whole, versions: [signals(5, 0, [-50, 5]), signals(50, 1, [-50, 50])] };
  expect(restOf([less], open)[0]?.versions).toEqual([signals(0, 0, [-50, 1]), signals(0, 0)]);
});
