import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";

const palette = (page: Page) => page.getByRole("combobox", { name: "Go to a page or service" });
const open = async (page: Page) => {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page)).toBeFocused();
};

test("a pasted traceparent leads to its trace, which then stands under Recent", async ({ page }) => {
  const id = "4bf92f3577b34da6a3ce929d0e0e4736";
  await page.goto("/services");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await open(page);
  await palette(page).fill(`00-${id}-00f067aa0ba902b7-01`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/traces/${id}`));
  await open(page);
  await expect(page.getByRole("option", { name: "Trace 4bf92f35…" })).toBeVisible();
});

test("the palette switches theme, window and the map's list, and p pauses", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^payments, / })).toBeVisible();
  const act = async (words: string) => {
    await open(page);
    await palette(page).fill(words);
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
  };
  await act("theme dark");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await act("window last hour");
  await expect(page).toHaveURL(/window=1h/);
  await act("as a list");
  await expect(page).toHaveURL(/view=list/);
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
});

test("keys that are pressed one upon the other open what was asked for last, and it closes", async ({
  page,
}) => {
  await page.goto("/services");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const dialog = page.getByRole("dialog");
  for (const key of ["?", "Escape", "ControlOrMeta+k"]) await page.keyboard.press(key);
  await expect(palette(page)).toBeFocused();
  await page.keyboard.type("payments shop");
  await page.getByRole("option", { name: "Page of payments" }).click();
  await expect(page).toHaveURL(/\/services\/shop\/payments\?window=5m$/);
  await expect(dialog).toHaveCount(0);
});
