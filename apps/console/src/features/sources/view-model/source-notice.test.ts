import { expect, test } from "vitest";
import { sourceNotice, withSeen } from "./source-notice.ts";

const all = { database: true, collector: true, controller: true };

test.each`
  isAnswering | states                                           | source          | isStale
  ${true}     | ${undefined}                                     | ${undefined}    | ${undefined}
  ${true}     | ${all}                                           | ${undefined}    | ${undefined}
  ${true}     | ${{ ...all, controller: false }}                 | ${"controller"} | ${false}
  ${true}     | ${{ ...all, collector: false }}                  | ${"collector"}  | ${true}
  ${true}     | ${{ ...all, collector: false, database: false }} | ${"database"}   | ${true}
  ${false}    | ${{ ...all, database: false }}                   | ${"console"}    | ${true}
  ${false}    | ${undefined}                                     | ${"console"}    | ${true}
`("console answers: $isAnswering, $states: told of $source", ({ isAnswering, states, source, isStale }) => {
  const notice = sourceNotice(isAnswering, states);
  expect([notice?.source, notice?.isStale]).toEqual([source, isStale]);
});

test("a source was there when an answer last said so", () => {
  const first = withSeen({}, all, 1_000);
  expect(first).toEqual({ console: 1_000, database: 1_000, collector: 1_000, controller: 1_000 });
  const second = withSeen(first, { ...all, database: false }, 6_000);
  expect(second).toEqual({ console: 6_000, database: 1_000, collector: 6_000, controller: 6_000 });
});

test("what is shown of a collector that is away ends with the newest that it stored", () => {
  const states = { ...all, collector: false, newestAtMs: 4_000 };
  expect(withSeen({ collector: 5_000 }, states, 9_000).collector).toBe(4_000);
  expect(withSeen({}, { ...states, newestAtMs: 10_000 }, 9_000).collector).toBe(9_000);
});
