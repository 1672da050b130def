import { expect, test } from "./journey.ts";

test.use({ timezoneId: "Asia/Kathmandu" });

test("what is chosen for this browser is in force at once and stays", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.getByRole("radio", { name: "UTC" }).click();
  await page.getByRole("combobox", { name: "Window to begin with" }).click();
  await page.getByRole("option", { name: "last 15 minutes" }).click();

  await page.goto("/services");
  await expect(page).toHaveURL(/window=15m/);
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.goto("/services?window=2026-11-01T10:00:00Z/2026-11-01T10:15:00Z");
  await expect(page.getByText("Nov 1, 10:00 to 10:15 UTC").filter({ visible: true }).first()).toBeVisible();

  await page.goto("/settings");
  await page.getByRole("button", { name: "Reset to defaults" }).click();
  await page.goto("/services?window=2026-11-01T10:00:00Z/2026-11-01T10:15:00Z");
  await expect(page.getByText("Nov 1, 15:45 to 16:00").filter({ visible: true }).first()).toBeVisible();
});

test("what the server runs and keeps can be read", async ({ page }) => {
  await page.goto("/settings");
  await expect(page.getByText("Postgres", { exact: true })).toBeVisible();
  await expect(page.getByText("Map, by days")).toBeVisible();
  await expect(page.getByText("400 days")).toBeVisible();
});
