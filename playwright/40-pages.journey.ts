import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** `npm run screenshots` sends the pictures to docs/images; otherwise they stay with the run's output. */
const images = process.env.WEIR_IMAGES ?? resolve(import.meta.dirname, ".output/images");
mkdirSync(images, { recursive: true });

const pages = [
  { name: "map", path: "/" },
  { name: "map-edge", path: "/", open: openEdge },
  { name: "map-compared", path: "/?by=version&against=before" },
  { name: "services", path: "/services" },
  { name: "service", path: "/services/shop/payments" },
  { name: "traces", path: "/traces?service=shop/checkout" },
  { name: "trace", path: "/traces?service=shop/checkout", open: openTrace },
  { name: "live", path: "/live?destination=shop/payments" },
  { name: "top", path: "/live?show=top&by=source,destination" },
  { name: "canaries", path: "/canaries" },
  { name: "canary", path: "/canaries/shop/payments" },
  { name: "mesh", path: "/mesh" },
];

for (const width of [1440, 390])
  test.describe(`at ${width} wide, dark and light`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });

    for (const { name, path, open } of pages)
      test(`${name} fits, can be read by everybody, and has its picture taken`, async ({ page }) => {
        await page.goto(path);
        await expect(
          page.getByText("payments").or(page.getByText("checkout")).filter({ visible: true }).first(),
        ).toBeVisible();
        await open?.(page);
        for (const colorScheme of ["dark", "light"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await expect(page.locator("html")).toHaveAttribute("class", new RegExp(colorScheme));
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          expect(await violations(page), colorScheme).toEqual([]);
          await page.screenshot({ path: join(images, `${name}-${width}-${colorScheme}.png`) });
        }
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

/** What WCAG 2 A and AA object to, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
