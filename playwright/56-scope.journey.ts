import { expect, test } from "./journey.ts";

test("the namespaces that are looked at go along from page to page, and a link shows the same", async ({
  page,
}) => {
  await page.goto("/services");
  await expect(page.getByRole("row", { name: /payments/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Namespaces: All namespaces" }).click();
  await page.getByRole("checkbox", { name: /^shop/ }).check();
  await expect(page).toHaveURL(/ns=shop/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /payments/ }).first()).toBeVisible();

  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Traces" }).click();
  await expect(page).toHaveURL(/\/traces\?.*ns=shop/);
  await expect(page.getByRole("list", { name: "Traces found" }).getByRole("link").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Namespaces: shop" })).toBeVisible();
});

test("where a namespace has nothing every page says so, and leads back to all", async ({ page }) => {
  for (const path of ["/", "/services", "/canaries"]) {
    await page.goto(`${path}?ns=nowhere`);
    await page.getByRole("button", { name: "Look at all namespaces" }).click();
    await expect(page.getByText("payments").filter({ visible: true }).first()).toBeVisible();
  }
  await page.goto("/traces?ns=nowhere");
  await expect(page.getByText(/^No traces in the/)).toBeVisible();
  await page.goto("/live?ns=nowhere");
  await expect(page.getByText("No such request in the last five minutes")).toBeVisible();
});
