import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** `npm run screenshots` sends the pictures to docs/images; otherwise they stay with the run's output. */
const images = process.env.WEIR_IMAGES ?? resolve(import.meta.dirname, ".output/images");
mkdirSync(images, { recursive: true });

const pages = [
  { name: "map", path: "/", settled: /^payments, .*rps/ },
  { name: "map-edge", path: "/", settled: /^payments, .*rps/, open: openEdge },
  { name: "services", path: "/services", settled: /payments/ },
  { name: "traces", path: "/traces?service=shop/checkout", settled: /checkout/ },
  { name: "trace", path: "/traces?service=shop/checkout", settled: /checkout/, open: openTrace },
  { name: "canaries", path: "/canaries", settled: /payments/ },
  { name: "canary", path: "/canaries/shop/payments", settled: /payments/ },
  { name: "mesh", path: "/mesh", settled: /payments/ },
];

for (const width of [1440, 390])
  for (const colorScheme of ["dark", "light"] as const)
    test.describe(`at ${width} wide, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme });

      for (const { name, path, open } of pages)
        test(`${name} fits, can be read by everybody, and has its picture taken`, async ({ page }) => {
          await page.goto(path);
          await expect(page.getByText("payments").or(page.getByText("checkout")).first()).toBeVisible();
          await open?.(page);
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`)).toEqual(
            [],
          );
          await page.screenshot({ path: join(images, `${name}-${width}-${colorScheme}.png`) });
        });
    });

async function openEdge(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^checkout to payments: / }).press("Enter");
  await expect(page.getByText("p99").first()).toBeVisible();
}

async function openTrace(page: Page): Promise<void> {
  const found = page.getByRole("list", { name: "Traces found" }).getByRole("link");
  await found.filter({ hasText: "payments" }).first().click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
}

/** Pixels by which the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
