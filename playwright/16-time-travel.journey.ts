import { expect, test } from "./journey.ts";

test("the window is stepped back, dragged, replayed and brought back to now", async ({ page }) => {
  await page.goto("/?window=1m");
  const strip = page.getByRole("region", { name: "Time travel" });
  const window = strip.getByRole("slider", { name: "Window", exact: true });
  await expect(window).toBeVisible();

  await page.getByRole("button", { name: "Earlier" }).click();
  await expect(page).toHaveURL(/window=\d{4}-\d\d-\d\dT[\d:]+Z(\/|%2F)/);
  await expect(page.getByRole("button", { name: /^What is shown is past/ })).toBeVisible();

  const before = page.url();
  await window.press("ArrowRight");
  await expect(page).not.toHaveURL(before);

  const stepped = page.url();
  const box = await window.boundingBox();
  if (!box) throw new Error("the window has no place in its strip");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(box.x - 120, y, { steps: 6 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(stepped);

  const dragged = page.url();
  await strip.getByRole("button", { name: "Replay" }).click();
  await expect(page).not.toHaveURL(dragged);
  await strip.getByRole("button", { name: "Stop the replay" }).click();

  await page.getByRole("button", { name: /^What is shown is past/ }).click();
  await expect(page).toHaveURL(/window=1m/);
});

test("any length and any two times can be asked for, and what is none says why", async ({ page }) => {
  await page.goto("/services");
  const open = page.getByRole("button", { name: /^Window of time/ });
  await open.click();
  const length = page.getByLabel("Any length up to now");
  await length.fill("3 fortnights");
  await length.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "from 10s to 92d" })).toBeVisible();
  await length.fill("90s");
  await length.press("Enter");
  await expect(page).toHaveURL(/window=90s/);
  await expect(open).toHaveText(/last 90 seconds/);

  await open.click();
  await page.getByLabel("From", { exact: true }).fill("2026-01-02T03:04:00");
  await page.getByLabel("To", { exact: true }).fill("2026-01-02T03:02:00");
  await page.getByRole("button", { name: "Show these times" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "begin before it ends" })).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2026-01-02T03:09:00");
  await page.getByRole("button", { name: "Show these times" }).click();
  await expect(page).toHaveURL(/window=2026-01-02T/);
  await page.getByRole("link", { name: "Traces" }).first().click();
  await expect(page).toHaveURL(/\/traces\?.*window=2026-01-02T/);
});
