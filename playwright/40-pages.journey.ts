import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { drawnIn, fits, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

/** `npm run screenshots` sends the pictures to docs/images; otherwise they stay with the run's output. */
const images = process.env.WEIR_IMAGES ?? resolve(import.meta.dirname, ".output/images");
mkdirSync(images, { recursive: true });

interface PageToShow {
  readonly name: string;
  readonly path: string;
  /** A text that only an answer can have brought. */
  readonly shows?: string;
  /** What is done on it first. */
  readonly open?: (page: Page) => Promise<void>;
}

const pages: readonly PageToShow[] = [
  { name: "map", path: "/" },
  { name: "map-edge", path: "/", open: openEdge },
  { name: "map-compared", path: "/?by=version&against=before" },
  { name: "map-list", path: "/?view=list&window=1h" },
  { name: "services", path: "/services" },
  { name: "service", path: "/services/shop/payments" },
  { name: "service-routes", path: "/services/shop/payments?part=routes" },
  { name: "service-policies", path: "/services/shop/payments?part=policies" },
  { name: "service-endpoints", path: "/services/shop/payments?part=endpoints" },
  { name: "service-changes", path: "/services/shop/payments?part=changes" },
  { name: "traces", path: "/traces?service=shop/checkout" },
  { name: "trace", path: "/traces?service=shop/checkout", open: openTrace },
  { name: "traces-compared", path: "/traces?service=shop/checkout", open: openCompared },
  { name: "live", path: "/live?destination=shop/payments" },
  { name: "top", path: "/live?show=top&by=source,destination" },
  { name: "canaries", path: "/canaries" },
  { name: "canary", path: "/canaries/shop/payments" },
  { name: "rollouts", path: "/rollouts", shows: "New rollout" },
  { name: "rollout-new", path: "/rollouts/new?service=shop/payments", shows: "needs about" },
  { name: "policies", path: "/policies", shows: "New policy" },
  { name: "policy-new", path: "/policies/new?kind=rateLimit&target=shop/payments", shows: "maxTokens" },
  { name: "mesh", path: "/mesh" },
  { name: "settings", path: "/settings", shows: "Map, by days" },
];

for (const width of [1440, 390])
  test.describe(`at ${width} wide, dark and light`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });

    for (const { name, path, open, shows = /payments|checkout/ } of pages)
      test(`${name} fits, can be read by everybody, and has its picture taken`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
        await open?.(page);
        for (const colorScheme of ["dark", "light"] as const) {
          await drawnIn(page, colorScheme);
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          await fits(page);
          expect(await violations(page), colorScheme).toEqual([]);
          await page.screenshot({ path: join(images, `${name}-${width}-${colorScheme}.png`) });
        }
      });
  });

async function openEdge(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^checkout to payments: / }).press("Enter");
  await expect(page.getByText("p99").first()).toBeVisible();
}

async function openCompared(page: Page): Promise<void> {
  await openTrace(page);
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.getByRole("list", { name: "Traces like A" }).getByRole("link").first().click();
  await expect(page.getByRole("table", { name: "Trace B against trace A" })).toBeVisible();
}

async function openTrace(page: Page): Promise<void> {
  const found = page.getByRole("list", { name: "Traces found" }).getByRole("link");
  await found.filter({ hasText: "payments" }).first().click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
}
