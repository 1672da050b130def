import { expect, test } from "./journey.ts";

/** Saved views are everybody's: what an earlier run on the same data left is taken away first. */
test.beforeEach(async ({ request }) => {
  const listed = await request.get("/api/trpc/views.list");
  const views: { result: { data: { id: number }[] } } = await listed.json();
  for (const { id } of views.result.data) {
    const removed = await request.post("/api/trpc/views.remove", { data: { id } });
    expect(removed.ok()).toBe(true);
  }
});

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
