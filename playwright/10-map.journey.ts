import { expect, test } from "./journey.ts";

const services = [
  "storefront",
  "catalog",
  "cart",
  "checkout",
  "payments",
  "inventory",
  "recommendations",
  "shipping",
  "notifications",
];

test("the map shows every service of the shop, and both versions of payments", async ({ page }) => {
  await page.goto("/");
  for (const service of services)
    await expect(page.getByRole("button", { name: new RegExp(`^${service}, .*rps`) })).toBeVisible();
  await expect(page.getByRole("button", { name: /^payments, .*v1 100 %.*v2 0 %/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^outside the mesh to storefront: .* p99 / })).toBeVisible();
});

test("an edge tells its rate, errors and percentiles, and leads to its traces", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^checkout to payments: / }).press("Enter");
  const panel = page.getByRole("complementary", { name: /checkout .*payments/ });
  await expect(panel).toContainText("p99");
  await expect(page).toHaveURL(/edge|select|focus/);
  await panel
    .getByRole("link", { name: /traces/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/traces/);
});

test("the same map can be read as a list", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("radio", { name: "List" }).click();
  await expect(page.getByRole("row", { name: /checkout.*payments/ })).toBeVisible();
});

test("mod+k goes to a service, ? shows the keys", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^payments, / })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: /keys|keyboard/i })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Go to a page or service" })).toBeFocused();
  await page.keyboard.type("payments shop");
  await page.getByRole("option", { name: /^payments/ }).click();
  await expect(page.getByRole("complementary", { name: /payments/ })).toBeVisible();
});
