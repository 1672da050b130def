import type { Page } from "@playwright/test";
import { drawnIn, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

const cart = "/?node=shop/cart&window=5m";

test("a change stands on the charts with who and why, is undone, and is followed to every sidecar", async ({
  page,
}) => {
  await page.goto(cart);
  await turn(page, "Enforce", "trying the ticks");
  const ticks = page.getByRole("list", { name: "Changes on the time axis of requests" }).getByRole("button");
  const enforced = "mode of service shop/cart: inherited → enforce";

  await test.step("undone from its notice", async () => {
    const notice = page.getByRole("listitem").filter({ hasText: "Mode of cart: enforce." });
    await notice.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Mode of cart: inherited.")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Inherit" })).toBeChecked();
  });

  await test.step("by the keyboard alone it is read on the time axis", async () => {
    const newest = ticks.last();
    await expect(newest).toHaveAccessibleName(new RegExp(`${enforced}.*enforce → inherited`));
    await newest.focus();
    await page.keyboard.press("Enter");
    const story = page.getByRole("dialog", { name: /changes?$/ });
    await expect(story).toContainText(enforced);
    await expect(story).toContainText("“trying the ticks”");
    await expect(story).toContainText("“undone”");
    await page.keyboard.press("Escape");
    await expect(newest).toBeFocused();
  });

  await test.step("the list of services marks it on the course of that one, and says it", async () => {
    await page.goto("/services?window=5m&of=cart");
    const course = page.getByRole("img", { name: /^Requests of cart over time/ });
    await expect(course).toHaveAccessibleName(new RegExp(enforced));
    await page.goto("/services?window=5m&of=catalog");
    await expect(
      page.getByRole("img", { name: /^Requests of catalog.* over time/ }),
    ).not.toHaveAccessibleName(new RegExp(enforced));
  });

  await test.step("the mesh page says how long it took to reach everybody", async () => {
    await page.goto("/mesh");
    const row = page
      .getByRole("region", { name: "Convergence of the last changes" })
      .getByRole("row")
      .filter({ hasText: "mode of service shop/cart: enforce → inherited" })
      .first();
    await expect(row).toContainText(/all \d+/);
    await expect(row).toContainText(/\d\sm?s/);
  });
});

test("an undo is refused, in words, when somebody was there meanwhile", async ({ page, context }) => {
  await page.goto(cart);
  await turn(page, "Observe");
  const notice = page.getByRole("listitem").filter({ hasText: "Mode of cart: observe." });
  const undo = notice.getByRole("button", { name: "Undo" });
  await undo.hover(); // It goes by itself, unless it is pointed at.
  const other = await context.newPage();
  await other.goto(cart);
  await turn(other, "Enforce");
  await undo.click();
  await expect(page.getByText(/^Not undone: mode of service shop\/cart was changed meanwhile/)).toBeVisible();
  await turn(other, "Inherit");
});

test("sidecars are found by state and text, which stand in the address, in both themes without findings", async ({
  page,
}) => {
  await page.goto("/mesh");
  const sidecars = page.getByRole("table", { name: "Sidecars" });
  await expect(sidecars.getByRole("row").filter({ hasText: "payments" }).first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Sidecars with" }).fill("payments v2");
  await expect(sidecars.getByRole("row").filter({ hasText: "up to date" })).toHaveCount(1);
  await expect(page).toHaveURL(/of=payments/);
  await page.getByRole("button", { name: "Workload" }).click();
  await expect(page).toHaveURL(/sort=workload/);
  await page.reload();
  await expect(sidecars.getByRole("row").filter({ hasText: "up to date" })).toHaveCount(1);
  await expect(page.getByRole("list", { name: "On disk by what it holds" })).toContainText(
    "spans and traces",
  );
  for (const colorScheme of ["dark", "light"] as const) {
    await drawnIn(page, colorScheme);
    expect(await violations(page, "main"), colorScheme).toEqual([]);
  }
});

/** Turns the switch of cart on its panel and waits until that is said. */
async function turn(page: Page, mode: "Enforce" | "Observe" | "Inherit", reason = ""): Promise<void> {
  await page.getByRole("radiogroup", { name: "Mode of cart" }).getByRole("radio", { name: mode }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Reason/ }).fill(reason);
  await dialog.getByRole("button", { name: `${mode} for cart` }).click();
  await expect(dialog).toBeHidden();
  const set = mode === "Inherit" ? "inherited" : mode.toLowerCase();
  await expect(page.getByText(`Mode of cart: ${set}.`)).toBeVisible();
}
