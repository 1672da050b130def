import { expect, test } from "./journey.ts";

test("a page that is not there says so with the right status, and leads to the nearest that is", async ({
  page,
}) => {
  const answer = await page.goto("/canary/shop/paymnts");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "No such page" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Canary of shop/payments" }).click();
  await expect(page).toHaveURL(/\/canaries\/shop\/payments\?window=5m$/);
});

test("an address of another console leads to the same trace", async ({ page }) => {
  const id = "4bf92f3577b34da6a3ce929d0e0e4736";
  await page.goto(`/trace/${id}`);
  await page.getByRole("link", { name: /^Trace 4bf92f35/ }).click();
  await expect(page).toHaveURL(new RegExp(`/traces/${id}\\?window=5m$`));
  await expect(page.getByText("This trace is not here")).toBeVisible();
});

test("a canary of no such service leads to the services that are called nearly so", async ({ page }) => {
  expect((await page.goto("/canaries/shop/paymets"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "No such service" })).toBeVisible();
  await page
    .getByRole("navigation", { name: "Services with a similar name" })
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/canaries\/shop\/payments\?window=5m$/);
});

test("a rollout of no such service is planned for none, and leads to those that are called nearly so", async ({
  page,
}) => {
  await page.goto("/rollouts/new?service=shop/paymets");
  await expect(page.getByRole("heading", { name: "No such service" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Service" })).toHaveText("Choose a service");
  await expect(page.getByRole("button", { name: "Start the rollout…" })).toBeHidden();
  await page
    .getByRole("navigation", { name: "Services with a similar name" })
    .getByRole("link", { name: /^shop\/payments/ })
    .click();
  await expect(page.getByRole("combobox", { name: "Service" })).toHaveText("shop/payments");
  await expect(page.getByRole("button", { name: "Start the rollout…" })).toBeVisible();
});

test("a policy for no such service is written for none, and leads to those that are called nearly so", async ({
  page,
}) => {
  await page.goto("/policies/new?kind=rateLimit&target=shop/paymets");
  await expect(page.getByRole("heading", { name: "No such service" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Service" })).toHaveText("Choose a service");
  await expect(page.getByRole("button", { name: "Save as a new policy" })).toBeHidden();
  await page
    .getByRole("navigation", { name: "Services with a similar name" })
    .getByRole("link", { name: /^shop\/payments/ })
    .click();
  await expect(page.getByRole("combobox", { name: "Service" })).toHaveText("shop/payments");
  await expect(page.getByRole("textbox", { name: "Policy as YAML" })).toContainText("targetRef: payments");
  await expect(page).toHaveURL(/[?&]kind=rateLimit/);
});
