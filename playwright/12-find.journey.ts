import { expect, test } from "./journey.ts";

test("what is looked for stands out, what is hidden goes, and the address keeps both", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^payments, / })).toBeVisible();
  await page.getByRole("combobox", { name: "Find" }).fill("kind = service and name ~ check");
  await expect(page.getByRole("status").filter({ hasText: "1 service and 0 edges found" })).toBeVisible();
  await page.getByRole("combobox", { name: "Hide" }).fill("catalog");
  await expect(page.getByRole("button", { name: /^catalog, / })).toHaveCount(0);
  await expect(page).toHaveURL(/find=.*check.*&hide=catalog/);
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Hide" })).toHaveValue("catalog");
  await expect(page.getByRole("button", { name: /^checkout, / })).toBeVisible();
  await expect(page.getByRole("button", { name: /^catalog, / })).toHaveCount(0);
});

test("a mistake is told with its place, and the keyboard alone completes a query", async ({ page }) => {
  await page.goto("/");
  const find = page.getByRole("combobox", { name: "Find" });
  await find.fill("eror > 1%");
  await expect(page.getByText("eror is no field", { exact: false })).toContainText("at character 1");
  await find.fill("");
  await find.pressSequentially("ns = sh");
  await expect(page.getByRole("option", { name: /^shop/ })).toBeVisible();
  await find.press("ArrowDown");
  await find.press("Enter");
  await expect(find).toHaveValue("ns = shop ");
  await expect(page.getByRole("status").filter({ hasText: /services and \d+ edges found/ })).toBeVisible();
});
