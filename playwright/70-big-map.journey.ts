import type { Page } from "@playwright/test";
import { violations } from "./accessibility.ts";
import { newTraceId, type SentSpan, sendTrace, spanIdOf } from "./big-trace.ts";
import { expect, test } from "./journey.ts";
import { saveMap } from "./save-map.ts";

const services = 300;

/** A batch that runs through hundreds of services, each of which calls three: more than are drawn one by one. */
function batch(): SentSpan[] {
  return Array.from({ length: services }, (_, i) => ({
    spanId: spanIdOf(0x70_0000 + i),
    ...(i > 0 && { parentSpanId: spanIdOf(0x70_0000 + Math.floor((i - 1) / 3)) }),
    ...{ service: `step-${i}`, name: "POST /work", startMs: i, durationMs: 5_000 - 10 * i },
    ...(i % 40 === 7 && { failed: true }),
  }));
}

const picture = (page: Page) => page.locator("canvas[data-picture][data-painted]");
const buttons = (page: Page) => page.locator("[data-map] [data-node]");

test.beforeAll(() => sendTrace(newTraceId(), batch()));

test("a large map is a picture, and keys alone go from service to service on it", async ({ page }) => {
  await page.goto("/");
  await expect(picture(page)).toBeVisible();
  await expect(page.getByRole("group", { name: /^Map: 3\d\d services/ })).toBeVisible();
  expect(await buttons(page).count(), "only what is near is a button").toBeLessThan(60);

  await page.keyboard.press("Shift+ArrowRight");
  const focused = page.locator("[data-node]:focus");
  await expect(focused).toBeVisible();
  const first = await focused.getAttribute("data-node");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(focused).not.toHaveAttribute("data-node", first ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=/);
  await expect(page.getByRole("complementary").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/node=/);

  await page.keyboard.press("f");
  for (let step = 0; step < 8; step++) await page.keyboard.press("+");
  await expect.poll(() => buttons(page).count(), "near services are buttons").toBeGreaterThan(1);
});

test("a click on the picture opens what is painted there, and keys move the picture", async ({ page }) => {
  await page.goto("/");
  await expect(picture(page)).toBeVisible();
  await page.keyboard.press("Shift+ArrowRight");
  const focused = page.locator("[data-node]:focus");
  await expect(focused).toBeVisible();
  const id = (await focused.getAttribute("data-node")) ?? "";
  const box = await focused.boundingBox();
  if (!box) throw new Error("the service is out of sight");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => new URL(page.url()).searchParams.get("node")).toBe(id);
  await page.keyboard.press("Escape");

  const before = await picture(page).getAttribute("style");
  await page.keyboard.press("ArrowRight");
  await expect(picture(page)).not.toHaveAttribute("style", before ?? "");
});

test("the list says the same, and nobody is kept out", async ({ page }) => {
  await page.goto("/");
  await expect(picture(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("radio", { name: "List" }).click();
  await expect(page.getByRole("row", { name: /step-0.*step-1/ }).first()).toBeVisible();
});

test("all of it is saved as SVG and as PNG, whatever part is in sight", async ({ page }) => {
  await page.goto("/");
  await expect(picture(page)).toBeVisible();
  await page.keyboard.press("+");
  const svg = (await saveMap(page, "SVG")).toString();
  const texts = await page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    return [...file.querySelectorAll("svg > text")].map(({ textContent }) => textContent);
  }, svg);
  for (let i = 0; i < services; i++) expect(texts).toContain(`step-${i}`);

  const png = await saveMap(page, /^PNG/);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [, wide = 0, high = 0] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  expect(width / height, "of the same shape").toBeCloseTo(wide / high, 2);
  expect(width, "no smaller than the map").toBeGreaterThanOrEqual(Math.floor(wide));
});

test("a picture that cannot be made is told, and the facts are still to be had", async ({ page }) => {
  await page.addInitScript(() => {
    const Genuine = Worker;
    globalThis.Worker = class extends Genuine {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(options?.name === "map-file" ? "/no-such-worker.js" : url, options);
      }
    };
  });
  await page.goto("/");
  await expect(picture(page)).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: /^PNG/ }).click();
  const menu = page.getByRole("dialog", { name: "Export" });
  await expect(menu.getByRole("alert")).toHaveText(/cannot draw this picture/);
  expect(await violations(page)).toEqual([]);
  const download = page.waitForEvent("download");
  await menu.getByRole("button", { name: "JSON, with all facts" }).click();
  expect((await download).suggestedFilename()).toMatch(/^weir-map-.*\.json$/);
});

test("where no picture can be painted, the list is offered, and another try", async ({ page }) => {
  await page.addInitScript(() => {
    const Genuine = Worker;
    globalThis.Worker = class extends Genuine {
      constructor(url: string | URL, options?: WorkerOptions) {
        const isBroken = options?.name === "painter" && !document.documentElement.dataset.mended;
        super(isBroken ? "/no-such-painter.js" : url, options);
      }
    };
  });
  await page.goto("/");
  const told = page.getByRole("alert").filter({ hasText: "Could not show the map's picture" });
  await expect(told).toBeVisible();
  await page.getByRole("button", { name: "Show the list" }).click();
  await expect(page.getByRole("row", { name: /step-0.*step-1/ }).first()).toBeVisible();
  await page.getByRole("radio", { name: "Map" }).click();
  await expect(told).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset.mended = "yes";
  });
  await told.getByRole("button", { name: "Try again now" }).click();
  await expect(picture(page)).toBeVisible();
});
