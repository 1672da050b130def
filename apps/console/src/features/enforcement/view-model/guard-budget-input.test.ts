import { GuardBudget } from "@weir/rollout";
import { expect, test } from "vitest";
import { budgetFields, usualBudget } from "./guard-budget-input.ts";

test("what the page proposes is what the guard has by itself", () => {
  expect(GuardBudget.parse({})).toMatchObject(usualBudget);
});

test.each(budgetFields)("$label takes nothing that the guard refuses", ({ key, shownTimes, min, max }) => {
  for (const shown of [min, max])
    expect(GuardBudget.safeParse({ [key]: Number((shown / shownTimes).toPrecision(12)) }).success).toBe(true);
});
