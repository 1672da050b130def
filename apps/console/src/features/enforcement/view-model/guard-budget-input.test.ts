import { GuardBudget } from "@weir/rollout";
import { expect, test } from "vitest";
import {
  budgetFields,
  isBudget,
  meantBy,
  problemOfField,
  shownOf,
  usualBudget,
} from "./guard-budget-input.ts";

test("what the page proposes is what the guard has by itself", () => {
  expect(GuardBudget.parse({})).toMatchObject(usualBudget);
});

test.each(budgetFields)("$label takes nothing that the guard refuses", (field) => {
  const { key, min, max } = field;
  for (const shown of [min, max]) {
    expect(GuardBudget.safeParse({ [key]: meantBy(field, shown) }).success).toBe(true);
    expect(problemOfField(field, meantBy(field, shown))).toBeUndefined();
    expect(shownOf(field, meantBy(field, shown))).toBe(shown);
  }
});

test.each`
  key            | value     | said
  ${"p99Rise"}   | ${0.02}   | ${"From 5 to 1,000 %."}
  ${"acts"}      | ${0.91}   | ${"From 0 to 90 points."}
  ${"acts"}      | ${-0.01}  | ${"From 0 to 90 points."}
  ${"p99RiseMs"} | ${0.5}    | ${"From 1 to 60,000 ms."}
  ${"forMs"}     | ${30_000} | ${"From 1 to 10,080 min."}
`("$key of $value is said to be none that the guard takes", ({ key, value, said }) => {
  const field = budgetFields.find((own) => own.key === key);
  expect(field && problemOfField(field, value)).toBe(said);
  expect(isBudget({ ...usualBudget, [key]: value })).toBe(false);
  expect(isBudget(usualBudget)).toBe(true);
});
