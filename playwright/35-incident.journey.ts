import { expect, test } from "./journey.ts";
import { misbehave } from "./misbehave.ts";
import { countPayments } from "./shop.ts";

const extraMs = 900;
/** A duration as the console writes it, of no less than that: from 900 ms, or in seconds, which begin with the first. */
const atLeastExtra = /9\d\d\s?ms|\d\s?s(?!pan|er)/;

test("a dependency becomes slow: from the map to the guilty span in four clicks", async ({ page }) => {
  test.setTimeout(180_000);
  await countPayments(40); // what it is like otherwise
  await page.goto("/?window=1m");
  misbehave("v1", "--extra-ms", `${extraMs}`);
  const shopping = countPayments(60);
  try {
    // One and two: what differs from the minute before?
    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: "Against the window before" }).click();
    const differs = page.getByRole("complementary", { name: "What differs" });
    const slower = differs.getByRole("button", { name: /checkout → payments.*Slower/ });
    await expect(slower).toBeVisible({ timeout: 60_000 });
    // Three: the edge that became slower. Four: the newest of its traces that took that long.
    await slower.click();
    const panel = page.getByRole("complementary", { name: /checkout .*payments/ });
    const traces = panel.locator("a[href^='/traces/']");
    await traces.filter({ hasText: atLeastExtra }).first().click();

    await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
    const charge = page.getByRole("treeitem", { name: /payments/ }).first();
    await expect(charge).toBeVisible();
    await expect(charge).toContainText(atLeastExtra);
  } finally {
    misbehave("v1", "--off");
    await shopping;
  }
});
