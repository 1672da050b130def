import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";
import { countPayments } from "./shop.ts";
import { postmaster, startState, withChildren } from "./start-processes.ts";

const images = process.env.WEIR_IMAGES ?? resolve(import.meta.dirname, ".output/images");
mkdirSync(images, { recursive: true });

/**
 * Stopped, and not killed: what is killed is back within a second or two. So a source is away for as long as the journey wants,
 * and it is the worse fault: connections stay open, and nothing answers.
 */
const cases = [
  {
    source: "database",
    pids: () => withChildren(postmaster()),
    says: "The database cannot be reached.",
  },
  {
    source: "collector",
    pids: () => [Number(startState().processes.collector)],
    says: "The collector does not answer.",
  },
];

for (const { source, pids, says } of cases)
  test(`the ${source} is away: every page says so and shows its last data, and goes on by itself`, async ({
    page,
  }) => {
    await page.goto("/services");
    await expect(rate(page)).toBeVisible();
    const sources = page.getByRole("status", { name: "Sources" });
    await expect(sources).toBeEmpty();

    const stopped = pids();
    signal(stopped, "SIGSTOP");
    try {
      await expect(sources).toContainText(says);
      await expect(sources).toContainText("Traffic is not affected");
      await expect(sources).toContainText(/Shown as of \d\d:\d\d:\d\d, (just now|\d+ (s|min) ago)/);
      await expect(rate(page)).toBeVisible();
      expect((await countPayments(3)).total).toBe(3);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: join(images, `away-${source}-1440.png`) });
      for (const name of ["Map", "Traces", "Mesh"]) {
        await page.getByRole("link", { name, exact: true }).first().click();
        await expect(page).not.toHaveURL(/services/);
        await expect(sources).toContainText(says);
      }
    } finally {
      signal(stopped, "SIGCONT");
    }
    await expect(sources).toBeEmpty();
    await page.getByRole("link", { name: "Services", exact: true }).first().click();
    await expect(rate(page)).toBeVisible();
  });

/** The rate of the first service: a number that only an answer can have brought. */
function rate(page: Page) {
  return page
    .getByRole("main")
    .getByText(/^[\d.]+\s?rps$/)
    .first();
}

function signal(pids: readonly number[], name: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of pids) process.kill(pid, name);
}
