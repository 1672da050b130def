import { expect, test } from "./journey.ts";

test("a service's page has all that is known of it, and leads to its neighbours", async ({ page }) => {
  await page.goto("/services");
  await page.getByRole("link", { name: /^checkout/ }).click();
  await expect(page).toHaveURL(/\/services\/shop\/checkout/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("checkout");
  await expect(page.getByRole("table", { name: "Versions of checkout" })).toContainText("stable");
  await expect(page.getByRole("table", { name: "Callers of checkout" })).toContainText("storefront");
  await expect(page.getByText("To requests that arrived")).toBeVisible();

  const open = (part: string) => page.getByRole("radio", { name: part }).click();
  await open("Routes");
  await expect(page.getByRole("table", { name: "Routes" })).toContainText("/orders/{id}");
  await open("Endpoints");
  await expect(page).toHaveURL(/part=endpoints/);
  await page.reload();
  await expect(page.getByRole("table", { name: "Endpoints" })).toContainText("connected");
  await page.goBack();
  await expect(page.getByRole("table", { name: "Routes" })).toBeVisible();
  await open("Overview");

  const calls = page.getByRole("table", { name: "Called by checkout" });
  await calls.getByRole("link", { name: "payments", exact: true }).click();
  await expect(page).toHaveURL(/\/services\/shop\/payments/);
  await page.getByRole("link", { name: "On the map", exact: true }).click();
  await expect(page.getByRole("complementary", { name: "payments" })).toBeVisible();
});

test("a service that nobody knows is none, with what was perhaps meant", async ({ page }) => {
  expect((await page.goto("/services/shop/paymets"))?.status()).toBe(404);
  await expect(page.getByText("No such service")).toBeVisible();
  await page.getByRole("link", { name: "shop/payments" }).click();
  await expect(page).toHaveURL(/\/services\/shop\/payments/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("payments");
});
