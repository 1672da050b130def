import { expect, test } from "./journey.ts";

test("an edge of versions leads to the edge of services that has the heatmap and the traces", async ({
  page,
}) => {
  await page.goto("/?by=version");
  await page.getByRole("button", { name: /^checkout v1 to payments v1: / }).press("Enter");
  const panel = page.getByRole("complementary", { name: "checkout v1 to payments v1" });
  await panel.getByRole("button", { name: "checkout → payments" }).click();
  await expect(page).toHaveURL(/edge=shop\/checkout~shop\/payments/);
  await expect(page).not.toHaveURL(/by=version/);
  const services = page.getByRole("complementary", { name: "checkout to payments" });
  await expect(services.getByRole("heading", { name: "Latency over time" })).toBeVisible();
  await expect(services.getByRole("heading", { name: "Newest traces on this edge" })).toBeVisible();
  await page.goBack();
  await expect(panel).toBeVisible();
});
