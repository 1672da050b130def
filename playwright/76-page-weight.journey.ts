import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";

/** Of compressed JavaScript, in bytes; what a worker loads is not the page's. */
const most = 300_000;

for (const path of [
  ...["/", "/traces", "/services", "/canaries", "/rollouts", "/rollouts/new?service=shop/payments"],
  ...["/policies", "/live", "/mesh", "/settings"],
])
  test(`${path} loads no more code than 300 kB`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    const bytes = await allScriptBytes(page);
    expect(bytes, "scripts are counted at all").toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(most);
  });

/** All that a page has loaded once a second brings no more, also what came after its first paint. */
async function allScriptBytes(page: Page): Promise<number> {
  let before = 0;
  await expect
    .poll(
      async () => {
        const now = await scriptBytes(page);
        const added = now - before;
        before = now;
        return added;
      },
      { intervals: [1_000] },
    )
    .toBe(0);
  return before;
}

function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .reduce((bytes, entry) => bytes + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
}
