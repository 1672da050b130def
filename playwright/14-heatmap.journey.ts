import type { Locator } from "@playwright/test";
import { drawnIn, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

const edge = "/?edge=shop/storefront~shop/catalog";

/** Draws a rectangle over nearly all of it. */
async function drawOver(picture: Locator): Promise<void> {
  await picture.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { mouse } = picture.page();
  await mouse.move(x + 4, y + 4);
  await mouse.down();
  await mouse.move(x + width / 2, y + height / 2);
  await mouse.move(x + width - 4, y + height - 4);
  await mouse.up();
}

test("a part of an edge's heatmap is drawn, leads to its traces, and stands in the address", async ({
  page,
}) => {
  await page.goto(edge);
  const picture = page.getByRole("application", { name: /^Latency of catalog/ });
  await expect(picture).toBeVisible();
  await drawOver(picture);
  await expect(page).toHaveURL(/brush=\d+_\d+_-?\d+_-?\d+/);
  const findings = page.getByRole("region", { name: "The chosen requests" });
  await expect(findings.getByRole("heading", { name: "What sets them apart" })).toBeVisible();
  await page.reload();
  const trace = findings.getByRole("link").first();
  await expect(trace).toHaveAttribute("href", /^\/traces\/[0-9a-f]{32}\?span=[0-9a-f]{16}&window=5m$/);
  for (const colorScheme of ["dark", "light"] as const) {
    await drawnIn(page, colorScheme);
    expect(await violations(page, "aside"), colorScheme).toEqual([]);
  }
  await trace.click();
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}\?span=/);
});

test("by the keyboard alone cells are read out, chosen and given up", async ({ page }) => {
  await page.goto(edge);
  const picture = page.getByRole("application", { name: /^Latency of catalog/ });
  await picture.focus();
  await picture.press("End");
  await expect(
    page.getByRole("status").filter({ hasText: /requests?, .* to .*, \d\d:\d\d:\d\d to/ }),
  ).toBeAttached();
  await picture.press("Shift+Home");
  await picture.press("Enter");
  await expect(page).toHaveURL(/brush=/);
  await expect(page.getByRole("region", { name: "The chosen requests" })).toBeVisible();
  await picture.press("Escape");
  await picture.press("Escape");
  await expect(page).not.toHaveURL(/brush=/);
});

test("an address whose part time has left behind says so", async ({ page }) => {
  await page.goto(`${edge}&brush=1000000_1060000_-100_-60`);
  await expect(page.getByText("The chosen part lies outside of this window.")).toBeVisible();
  await page.getByRole("button", { name: "Give up the choice" }).click();
  await expect(page).not.toHaveURL(/brush=/);
});
