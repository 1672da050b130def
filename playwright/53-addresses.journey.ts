import { expect, test } from "./journey.ts";

test.describe("by another clock than the server's", () => {
  test.use({ timezoneId: "Asia/Kathmandu" });

  test("a page of a past window has the reader's times, and is drawn once", async ({ page }) => {
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto("/services?window=2026-11-01T10:00:00Z/2026-11-01T10:15:00Z");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Nov 1, 15:45 to 16:00");
    await expect(page.getByRole("button", { name: "Window of time: Nov 1, 15:45 to 16:00" })).toBeVisible();
    expect(faults).toEqual([]);
  });
});

test("a link that says five minutes shows them, whatever its reader begins with", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("combobox", { name: "Window to begin with" }).click();
  await page.getByRole("option", { name: "last hour" }).click();
  await page.goto("/services");
  await expect(page).toHaveURL(/window=1h/);

  await page.getByRole("button", { name: "Window of time: last hour" }).click();
  await page.getByRole("button", { name: "last 5 minutes" }).click();
  await expect(page).toHaveURL(/window=5m/);
  await page.goto(page.url());
  await expect(page.getByRole("button", { name: "Window of time: last 5 minutes" })).toBeVisible();
  const traces = page.getByRole("navigation").getByRole("link", { name: "Traces" });
  await expect(traces).toHaveAttribute("href", "/traces?window=5m");
});

test("Back closes what is open over a page, and undoes what was done out of the palette", async ({
  page,
}) => {
  await page.goto("/services?window=15m");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const dialog = page.getByRole("dialog");
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/services\?window=15m$/);

  const palette = page.getByRole("combobox", { name: "Go to a page or service" });
  await page.keyboard.press("ControlOrMeta+k");
  await palette.fill("window last hour");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/services\?window=1h$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/services\?window=15m$/);
  await expect(dialog).toHaveCount(0);
});

test("what differs is never told of another comparison than the one in words", async ({ page }) => {
  await page.goto("/?window=1m&against=before");
  const panel = page.getByRole("complementary", { name: "What differs" });
  await expect(panel).toContainText("against the window before");
  await expect(panel.getByText("Reading the earlier window")).toHaveCount(0);

  const held = Promise.withResolvers<void>();
  await page.route(/topology\.get/, async (route) => {
    if (decodeURIComponent(route.request().url()).includes(`"agoMs":${24 * 3_600_000}`)) await held.promise;
    await route.continue();
  });
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: "Against a day before" }).click();
  await expect(panel).toContainText("against a day before");
  await expect(panel.getByText("Reading the earlier window")).toBeVisible();
  held.resolve();
  await expect(panel.getByText("Reading the earlier window")).toHaveCount(0);
});

test("where the browser forbids its store, pages come all the same, and the settings say that nothing is kept", async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );
  await page.goto("/settings");
  await page.getByRole("radio", { name: "UTC" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not let the console keep" })).toBeVisible();
  await page.goto("/services");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Go to a page or service" })).toBeFocused();
});
