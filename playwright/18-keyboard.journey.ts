import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./journey.ts";

test("from the map to a span of a trace by the keyboard alone, and always seen where it stands", async ({
  page,
}) => {
  await page.goto("/?window=5m&ns=shop");
  const checkout = page.getByRole("button", { name: /^checkout, / });
  await tabTo(page, checkout);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "checkout" });
  await expect(panel).toBeVisible();

  await tabTo(page, panel.getByRole("link", { name: "Traces of checkout" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/traces\?.*checkout/);

  const traces = page.getByRole("list", { name: "Traces found" }).getByRole("link");
  await tabTo(page, traces.filter({ hasText: "checkout" }).first());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);

  const tree = page.getByRole("tree", { name: "Spans of this trace" });
  await tabTo(page, tree);
  await page.keyboard.press("ArrowDown");
  await expect(tree.getByRole("treeitem", { selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Span details" })).toBeVisible();
});

test("the palette and the picker of times by the keyboard alone", async ({ page }) => {
  await page.goto("/services");
  await expect(page.getByRole("table", { name: "Services" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("combobox", { name: "Go to a page or service" });
  await expect(palette).toBeFocused();
  await page.keyboard.type("payments shop");
  const chosen = page.getByRole("option", { selected: true });
  await expect(chosen).toHaveText("payments shop");
  await page.keyboard.press("ArrowDown");
  await expect(chosen).toHaveText(/^Page of payments/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/services\/shop\/payments\?window=5m$/);

  await tabTo(page, page.getByRole("button", { name: "Window of time: last 5 minutes" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "last 15 minutes", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/window=15m/);
});

/** Presses Tab until it stands there: as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let tabs = 0; tabs < 120; tabs++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(wanted).toBeFocused();
  await expectSeen(wanted);
}

/** What stands where the keyboard is has an outline, or on the map a ring in the colour of the focus, and is within the window. */
async function expectSeen(focused: Locator): Promise<void> {
  await expect(focused).toBeInViewport();
  const isOutlined = () =>
    focused.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const ring = element.querySelector(".map-ring");
      const isRinged = ring !== null && Number.parseFloat(getComputedStyle(ring).strokeWidth) === 3;
      return isRinged || (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0);
    });
  await expect.poll(isOutlined, "the focus is seen").toBe(true);
}
