import { expect, test } from "@playwright/test";

test("what is on the page is named, opened, renamed, removed, and brought back", async ({ page }) => {
  await page.goto("/services?window=1h");
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("textbox", { name: "Name of what is shown now" }).fill("Last hour");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const views = page.getByRole("list", { name: "Saved views" });
  await expect(views.getByRole("link", { name: /^Last hour/ })).toBeVisible();

  await views.getByRole("button", { name: "Rename Last hour" }).click();
  await page.getByRole("textbox", { name: "New name of Last hour" }).fill("An hour of services");
  await page.keyboard.press("Enter");
  await expect(views.getByRole("link", { name: /^An hour of services/ })).toBeVisible();

  await page.goto("/");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Go to a page or service" }).fill("hour of serv");
  await page.getByRole("option", { name: "An hour of services" }).click();
  await expect(page).toHaveURL(/\/services\?window=1h$/);

  await page.getByRole("button", { name: "Saved views" }).click();
  await views.getByRole("button", { name: "Remove An hour of services" }).click();
  await expect(page.getByText("Nothing is saved yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(views.getByRole("link", { name: /^An hour of services/ })).toBeVisible();
  await views.getByRole("button", { name: "Remove An hour of services" }).click();
  await expect(page.getByText("Nothing is saved yet.")).toBeVisible();
});
