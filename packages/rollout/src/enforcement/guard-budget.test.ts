import { expect, test } from "vitest";
import { GuardBudget, StoredGuardBudget } from "./guard-budget.ts";

const hourMs = 3_600_000;

test.each`
  given                                                 | lastsMs
  ${{}}                                                 | ${24 * hourMs}
  ${{ forMs: 12 * hourMs }}                             | ${24 * hourMs}
  ${{ forMs: 48 * hourMs }}                             | ${96 * hourMs}
  ${{ forMs: 168 * hourMs }}                            | ${336 * hourMs}
  ${{ forMs: 48 * hourMs, maxDurationMs: 48 * hourMs }} | ${48 * hourMs}
`("a watch of $given lasts $lastsMs ms at most", ({ given, lastsMs }) => {
  expect(GuardBudget.parse(given).maxDurationMs).toBe(lastsMs);
});

test("no watch is set that has to end before it is over; one of an older release is read as it is", () => {
  const tooShort = { forMs: 48 * hourMs, maxDurationMs: 24 * hourMs };
  expect(GuardBudget.safeParse(tooShort).error?.issues).toMatchObject([
    { path: ["maxDurationMs"], message: "must be forMs or more, or the watch ends before it is over" },
  ]);
  expect(StoredGuardBudget.parse(tooShort)).toMatchObject(tooShort);
});
