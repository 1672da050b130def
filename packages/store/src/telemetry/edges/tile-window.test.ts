import fc from "fast-check";
import { expect, test } from "vitest";
import type { MarkedLevel } from "./rollup-marks.ts";
import { type Tiling, tileWindow } from "./tile-window.ts";

interface Level {
  readonly name: string;
  readonly slotMs: number;
}

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const forever = Number.MAX_SAFE_INTEGER;
const lengths: readonly Level[] = [
  { name: "10s", slotMs: 10 * second },
  { name: "1m", slotMs: minute },
  { name: "10m", slotMs: 10 * minute },
  { name: "1h", slotMs: hour },
  { name: "1d", slotMs: day },
];
const marked = (change: Record<string, Partial<MarkedLevel<Level>>> = {}) =>
  lengths.map((level) => ({ level, keptFromMs: 0, completeUntilMs: forever, ...change[level.name] }));

/** `3x10s 2x1m`, and the start if it is not that of the window. */
function told(tiles: ReturnType<typeof tileWindow<Level>>): string {
  return tiles.map(({ level, fromMs, toMs }) => `${(toMs - fromMs) / level.slotMs}x${level.name}`).join(" ");
}

const at = (text: string) => {
  const [h = 0, m = 0, s = 0] = text.split(":").map(Number);
  return 100 * day + h * hour + m * minute + s * second;
};

test.each`
  from          | to            | tiles                            | why
  ${"10:00"}    | ${"11:00"}    | ${"1x1h"}                        | ${"one slot is enough"}
  ${"00:00"}    | ${"24:00"}    | ${"1x1d"}                        | ${"a day"}
  ${"10:00:01"} | ${"10:00:02"} | ${"1x10s"}                       | ${"less than a slot is a slot"}
  ${"10:00:05"} | ${"10:00:15"} | ${"2x10s"}                       | ${"slots that are partly in it count"}
  ${"10:00:10"} | ${"10:00:20"} | ${"1x10s"}                       | ${"those that end or begin with it do not"}
  ${"09:59:50"} | ${"11:00:10"} | ${"1x10s 1x1h 1x10s"}            | ${"a little more on both sides"}
  ${"10:59:30"} | ${"12:12:20"} | ${"3x10s 1x1h 1x10m 2x1m 2x10s"} | ${"from fine to coarse, and back"}
  ${"09:31:40"} | ${"10:31:40"} | ${"2x10s 8x1m 5x10m 1x1m 4x10s"} | ${"an hour that is none of the clock"}
  ${"-01:00"}   | ${"49:10"}    | ${"1x1h 2x1d 1x1h 1x10m"}        | ${"over days"}
  ${"10:00"}    | ${"10:00"}    | ${""}                            | ${"nothing"}
  ${"11:00"}    | ${"10:00"}    | ${""}                            | ${"less than nothing"}
`("$from to $to is $tiles: $why", ({ from, to, tiles }) => {
  expect(told(tileWindow({ fromMs: at(from), toMs: at(to) }, marked()))).toBe(tiles);
});

test.each`
  complete   | kept       | tiling                     | tiles               | why
  ${"12:00"} | ${"00:00"} | ${{}}                      | ${"2x1h 4x10m"}     | ${"hours are made until noon"}
  ${"00:00"} | ${"00:00"} | ${{}}                      | ${"16x10m"}         | ${"none is made yet"}
  ${"24:00"} | ${"11:30"} | ${{}}                      | ${"2x1h 4x10m"}     | ${"minutes are kept from 11:30 on"}
  ${"24:00"} | ${"00:00"} | ${{ longestMs: minute }}   | ${"160x1m"}         | ${"times are to be told apart"}
  ${"24:00"} | ${"00:00"} | ${{ stepMs: 20 * minute }} | ${"16x10m"}         | ${"in steps of 20 minutes"}
  ${"24:00"} | ${"00:00"} | ${{ stepMs: 15 * minute }} | ${"160x1m"}         | ${"in steps of 15 minutes"}
  ${"24:00"} | ${"12:00"} | ${{ longestMs: 10_000 }}   | ${"12x10m 240x10s"} | ${"only coarse slots are kept of the beginning"}
`("10:00 to 12:40 is $tiles: $why", ({ complete, kept, tiling, tiles }) => {
  const levels = marked({
    "10s": { keptFromMs: at(kept) },
    "1m": { keptFromMs: at(kept) },
    "1h": { completeUntilMs: at(complete) },
    "1d": { completeUntilMs: 0 },
  });
  expect(told(tileWindow({ fromMs: at("10:00"), toMs: at("12:40") }, levels, tiling as Tiling))).toBe(tiles);
});

test("where only coarse slots are kept, theirs count that are partly in the window", () => {
  const levels = marked({ "10s": { keptFromMs: at("24:00") }, "1m": { keptFromMs: at("24:00") } });
  const [first, ...rest] = tileWindow({ fromMs: at("10:03"), toMs: at("10:17") }, levels);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ fromMs: at("10:00"), toMs: at("10:20") });
});

test("before everything that is kept, the longest kept is asked", () => {
  const levels = lengths.map((level, i) => ({ level, keptFromMs: (90 - i) * day, completeUntilMs: forever }));
  expect(told(tileWindow({ fromMs: 0, toMs: 3 * day }, levels))).toBe("3x1d");
});

test("windows without an end, or a beginning, are told in a few tiles", () => {
  const levels = marked({ "1m": { completeUntilMs: at("10:00") }, "1d": { completeUntilMs: at("00:00") } });
  const tiles = tileWindow({ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }, levels);
  expect(tiles[0]).toMatchObject({ fromMs: 0 });
  expect(tiles.length).toBeLessThan(5);
});

test("tiles cover the window, none overlaps, and each is made of whole slots that can be asked for", () => {
  const ms = fc.integer({ min: 0, max: 40 * day });
  // Finer sums are dropped earlier and made later, by whole slots of the next.
  const levelsOf = ([kept, complete]: [number[], number[]]) =>
    lengths.map((level, i) => {
      const next = lengths[i + 1]?.slotMs ?? day;
      return {
        level,
        keptFromMs: Math.floor((kept[i] ?? 0) / next) * next,
        completeUntilMs: i === 0 ? forever : Math.floor((complete[i] ?? 0) / level.slotMs) * level.slotMs,
      };
    });
  const levels = fc
    .tuple(fc.array(ms, { minLength: 5, maxLength: 5 }), fc.array(ms, { minLength: 5, maxLength: 5 }))
    .map(([kept, complete]): [number[], number[]] => [
      kept.map((k) => k / 2).sort((a, b) => b - a),
      complete.map((c) => c / 2 + 20 * day).sort((a, b) => b - a),
    ])
    .map(levelsOf);
  const tiling = fc.oneof(
    fc.constant({}),
    fc.constantFrom(10 * second, minute, hour).map((longestMs) => ({ longestMs })),
    fc.constantFrom(20 * second, 5 * minute, 30 * minute, 6 * hour, 2 * day).map((stepMs) => ({ stepMs })),
  );
  fc.assert(
    fc.property(levels, ms, ms, tiling, (own, a, b, how) => {
      const window = { fromMs: Math.min(a, b), toMs: Math.max(a, b) + 1 };
      const tiles = tileWindow(window, own, how);
      const first = tiles[0]?.fromMs ?? Number.NaN;
      const last = tiles.at(-1)?.toMs ?? Number.NaN;
      expect(first).toBeLessThanOrEqual(window.fromMs);
      expect(last).toBeGreaterThanOrEqual(window.toMs);
      tiles.forEach(({ level, fromMs, toMs }, i) => {
        if (i > 0) expect(fromMs).toBe(tiles[i - 1]?.toMs);
        expect(fromMs % level.slotMs).toBe(0);
        expect(toMs % level.slotMs).toBe(0);
        expect(toMs).toBeGreaterThan(fromMs);
        const { completeUntilMs, keptFromMs } = own.find((one) => one.level === level) ?? own[0] ?? never();
        expect(toMs).toBeLessThanOrEqual(completeUntilMs);
        if (level !== lengths.at(-1)) expect(fromMs).toBeGreaterThanOrEqual(keptFromMs);
      });
      // No slot that is out of the window is counted, at the granularity that is kept there.
      const [finest] = own;
      if (finest && window.fromMs >= finest.keptFromMs)
        expect(window.fromMs - first).toBeLessThan(10 * second);
      if (finest && window.toMs > finest.keptFromMs) expect(last - window.toMs).toBeLessThan(10 * second);
    }),
  );
});

function never(): never {
  throw new Error("a level that was not given");
}
