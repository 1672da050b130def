import { expect, test } from "./journey.ts";

test("requests flow by, can be stopped, and open to what is known of them", async ({ page }) => {
  await page.goto("/live");
  await expect(page.getByRole("row", { name: /storefront.*catalog.*GET \/products/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).last().click();
  const newer = page.getByRole("button", { name: /\d newer/ });
  await expect(newer).toBeVisible();
  await page.locator("tbody button").first().click();
  const detail = page.getByText("In the sidecar");
  await expect(detail).toBeVisible();
  await newer.click();
  // It stays open, below all that has come above it.
  const requests = page.getByRole("region", { name: "Requests, newest first" });
  await expect(async () => {
    await requests.evaluate((box) => box.scrollBy(0, 200));
    await expect(detail).toBeVisible({ timeout: 200 });
  }).toPass();
  await page.locator("tbody button[aria-expanded=true]").click();
  await requests.evaluate((box) => box.scrollTo(0, 0));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText(/^Live; sidecars log/)).toBeVisible();
  await expect(newer).toHaveCount(0);
});

test("hundreds of requests are a few rows of the page", async ({ page }) => {
  await page.goto("/live");
  const table = page.getByRole("table", { name: "Requests, newest first" });
  await expect
    .poll(async () => Number(await table.getAttribute("aria-rowcount")), { timeout: 60_000 })
    .toBeGreaterThan(200);
  expect(await table.locator("tbody tr").count()).toBeLessThan(60);
  await page
    .getByRole("region", { name: "Requests, newest first" })
    .evaluate((box) => box.scrollTo(0, 3_000));
  await expect(page.getByText("Stands still while you read")).toBeVisible();
});

test("a filter is kept in the address, and top puts requests together by choice", async ({ page }) => {
  await page.goto("/live?destination=shop/cart");
  await expect(page.getByRole("row", { name: /cart v1/ }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /catalog v1/ })).toHaveCount(0);
  await page.getByRole("radio", { name: "Put together" }).click();
  await expect(page).toHaveURL(/show=top/);
  await expect(page.getByRole("row", { name: /cart shop (GET|POST|PUT|DELETE) \// }).first()).toBeVisible();
  const by = page.getByRole("toolbar", { name: "Put together by" });
  await by.getByRole("button", { name: "path" }).click();
  await by.getByRole("button", { name: "status" }).click();
  await expect(page).toHaveURL(/by=destination,method,status/);
  await page.getByRole("button", { name: "p99" }).click();
  await expect(page.getByRole("columnheader", { name: "p99" })).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=p99/);
  await expect(
    page.getByRole("row", { name: /cart shop (GET|POST|PUT|DELETE) \d{3} / }).first(),
  ).toBeVisible();
});
