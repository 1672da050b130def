import { histogramCount } from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pastTraffic, type StoredSlots } from "./past-traffic.ts";

const slot = (n: number, version: string, counts: number[], failures = 0): StoredSlots["slots"][number] => ({
  ...{ fromMs: n * 10_000, version, failures, requests: counts.reduce((sum, count) => sum + count, 0) },
  durations: { indexes: counts.map((_, at) => at), counts },
});
/** From six slots before the window on. */
const replayed = (slots: StoredSlots["slots"], count: number) =>
  pastTraffic({ slotMs: 10_000, fromMs: -60_000, toMs: count * 10_000, slots }, "v1", 0);

test("where all is the baseline's, it is as it was; where nothing was asked, there is a slot all the same", () => {
  const stored = [slot(0, "v1", [3, 1], 2), slot(2, "v1", [1])];
  const { slots } = replayed(stored, 3);
  expect(slots.map(({ requests, failures }) => [requests, failures])).toEqual([
    [4, 2],
    [0, 0],
    [1, 0],
  ]);
  expect(slots[0]?.durations).toEqual({ indexes: [0, 1], counts: [3, 1] });
});

test("requests of other versions count as if the baseline had answered them", () => {
  const { slots } = replayed([slot(0, "v1", [30, 10], 4), slot(0, "v2", [0, 0, 40], 40)], 1);
  expect(slots[0]).toEqual({ requests: 80, failures: 8, durations: { indexes: [0, 1], counts: [60, 20] } });
});

test("what the baseline took before the window is known before the rollout begins", () => {
  const { before, slots } = replayed([slot(-1, "v1", [5]), slot(-1, "v2", [7]), slot(0, "v1", [1])], 1);
  expect([before, slots.length]).toEqual([{ indexes: [0], counts: [5] }, 1]);
});

test("in sum neither requests nor failures are lost to rounding, and none fails that was not asked", () => {
  const counts = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 });
  const pairs = fc.array(fc.tuple(counts, counts, fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(pairs, (both) => {
      const stored = both.flatMap(([own, others, share], n) => {
        const mine = slot(n, "v1", own);
        return [{ ...mine, failures: Math.floor(mine.requests * share) }, slot(n, "v2", others)];
      });
      const { slots } = replayed(stored, both.length);
      const answered = both.filter(([own]) => own.some((count) => count > 0));
      const all = answered.reduce(
        (sum, [own, others]) => sum + [...own, ...others].reduce((a, b) => a + b, 0),
        0,
      );
      const kept = slots.reduce((sum, { requests }) => sum + requests, 0);
      expect(Math.abs(kept - all)).toBeLessThanOrEqual(1);
      for (const { requests, failures, durations } of slots) {
        expect(failures).toBeLessThanOrEqual(requests);
        expect(histogramCount(durations)).toBe(requests);
      }
    }),
  );
});
