import { expect, test } from "@playwright/test";

test("requests flow by, can be stopped, and open to what is known of them", async ({ page }) => {
  await page.goto("/live");
  await expect(page.getByRole("row", { name: /storefront.*catalog.*GET \/products/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).last().click();
  await expect(page.getByText(/requests waiting/)).toBeVisible();
  const first = page.locator("tbody button").first();
  await first.click();
  await expect(page.getByText("In the sidecar")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText(/requests waiting/)).toHaveCount(0);
});

test("a filter is kept in the address, and top puts requests together", async ({ page }) => {
  await page.goto("/live?destination=shop/cart");
  await expect(page.getByRole("row", { name: /cart v1/ }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /catalog v1/ })).toHaveCount(0);
  await page.getByRole("radio", { name: "Put together" }).click();
  await expect(page).toHaveURL(/show=top/);
  await expect(page.getByRole("row", { name: /shop\/cart (GET|POST|PUT|DELETE) \// }).first()).toBeVisible();
});
