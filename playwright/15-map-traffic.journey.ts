import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";

const beads = (page: Page) => page.locator("[data-map] [data-traffic] circle");
/** How far beads have come, by the clock of their animations. */
const progress = (page: Page) =>
  beads(page).evaluateAll((all) =>
    all.map((bead) => bead.getAnimations()[0]?.effect?.getComputedTiming().progress ?? -1),
  );

test("requests are seen on their way while the map is live, until somebody wants them still", async ({
  page,
}) => {
  await page.goto("/");
  await expect(beads(page).first()).toBeAttached();
  const before = await progress(page);
  await expect.poll(() => progress(page)).not.toEqual(before);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(beads(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(beads(page).first()).toBeAttached();

  const toggle = page.getByRole("button", { name: "Moving traffic" });
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await toggle.click();
  await expect(page).toHaveURL(/traffic=still/);
  await expect(beads(page)).toHaveCount(0);
});

test("nothing moves for who asked for less motion, nor in a past window", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await expect(page.locator("[data-map] [data-node]").first()).toBeVisible();
  await expect(beads(page)).toHaveCount(0);

  await page.emulateMedia({ reducedMotion: "no-preference" });
  await expect(beads(page).first()).toBeAttached();
  await page.getByRole("button", { name: "Earlier" }).click();
  await expect(page).toHaveURL(/window=.*%2F|window=.*\//);
  await expect(page.locator("[data-map] [data-node]").first()).toBeVisible();
  await expect(beads(page)).toHaveCount(0);
});
