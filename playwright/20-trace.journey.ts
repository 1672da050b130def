import { expect, test } from "./journey.ts";
import { countPayments } from "./shop.ts";

test("a trace is found that crosses at least four services, and opens as a waterfall", async ({ page }) => {
  await countPayments(24);
  await page.goto("/traces?service=shop/checkout");
  const found = page.getByRole("list", { name: "Traces found" }).getByRole("link");
  const crossing = found.filter({ hasText: "payments" }).filter({ hasText: "shipping" }).first();
  await expect(async () => {
    await page.reload();
    await expect(crossing).toBeVisible({ timeout: 4000 });
  }).toPass({ timeout: 45_000 });
  await crossing.click();

  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
  const names = page.getByRole("list", { name: "Services in this trace" }).getByRole("listitem");
  await expect.poll(() => names.count()).toBeGreaterThanOrEqual(4);
  const payment = page.getByRole("treeitem", { name: /^payments / }).first();
  await payment.click();
  await expect(page.getByRole("complementary", { name: /span/i })).toContainText("http.request.method");
});

test("a trace that is not there says so and why", async ({ page }) => {
  await page.goto("/traces/0123456789abcdef0123456789abcdef");
  await expect(page.getByText("This trace is not here")).toBeVisible();
});
