import { expect, test } from "vitest";
import { growWealth, startWealth, totalWealth } from "./wealth.ts";

const steady = { ms: 1_000, horizonMs: 60_000, mostPaid: 1_000 };

test("begins with one unit in all, and fair bets leave it at that, also while the reserve is put in", () => {
  let wealth = startWealth(4, 0.5);
  for (let round = 0; round < 60; round++) {
    expect(totalWealth(wealth)).toBeCloseTo(1, 12);
    wealth = growWealth(wealth, () => 0, steady);
  }
  expect(wealth.reserve).toBeCloseTo(0.25, 12);
});

test("each stake wins by itself", () => {
  const { bets } = growWealth(startWealth(2, 0), (index) => Math.log(index + 2), steady);
  expect(bets[0]).toBeCloseTo(1, 12);
  expect(bets[1]).toBeCloseTo(1.5, 12);
});

test("a round pays so much at most", () => {
  expect(totalWealth(growWealth(startWealth(3, 0), () => 900, steady))).toBeCloseTo(1_000, 9);
});

test("what has lost all is alive again with what is put in", () => {
  const lost = growWealth(startWealth(1, 0.5), () => -1e6, { ...steady, ms: 60_000 });
  expect(totalWealth(lost)).toBeCloseTo(0.25, 12);
  const again = growWealth(lost, () => Math.log(10), { ...steady, ms: 120_000 });
  expect(again.bets[0]).toBeCloseTo(1.25, 12);
  expect(again.reserve).toBeCloseTo(0.125, 12);
});

test("the reserve is bet by time, however it is cut into rounds, and is never all gone", () => {
  const after = (rounds: number, ms: number) => {
    let wealth = startWealth(3, 0.5);
    for (let round = 0; round < rounds; round++) wealth = growWealth(wealth, () => 0, { ...steady, ms });
    return wealth.reserve;
  };
  expect(after(600, 100)).toBeCloseTo(after(1, 60_000), 9);
  expect(after(1, 1e9)).toBeGreaterThan(0);
});

test("however long it wins, it stays a number that JSON keeps", () => {
  let wealth = startWealth(2, 0.5);
  for (let round = 0; round < 500; round++) wealth = growWealth(wealth, () => 6, steady);
  expect(JSON.parse(JSON.stringify(wealth))).toEqual(wealth);
  expect(totalWealth(wealth)).toBeGreaterThan(1e100);
});
