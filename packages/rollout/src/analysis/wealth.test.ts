import { expect, test } from "vitest";
import { growWealth, startWealth, totalWealth } from "./wealth.ts";

const steady = { putIn: 0, mostPaid: 1_000 };

test("begins with one unit in all, and fair bets leave it at that, also while the reserve is put in", () => {
  let wealth = startWealth(4, 0.5);
  for (let round = 0; round < 20; round++) {
    expect(totalWealth(wealth)).toBeCloseTo(1, 12);
    wealth = growWealth(wealth, () => 0, { putIn: 0.04, mostPaid: 1_000 });
  }
  expect(wealth.reserve).toBe(0);
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
  const lost = growWealth(startWealth(1, 0.5), () => -1e6, steady);
  expect(totalWealth(lost)).toBe(0.5);
  const again = growWealth(lost, () => Math.log(10), { putIn: 0.1, mostPaid: 1_000 });
  expect(again.bets[0]).toBeCloseTo(1, 12);
  expect(again.reserve).toBeCloseTo(0.4, 12);
});

test("however long it wins, it stays a number that JSON keeps", () => {
  let wealth = startWealth(2, 0.5);
  for (let round = 0; round < 500; round++) wealth = growWealth(wealth, () => 6, steady);
  expect(JSON.parse(JSON.stringify(wealth))).toEqual(wealth);
  expect(totalWealth(wealth)).toBeGreaterThan(1e100);
});
