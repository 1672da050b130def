import { expect } from "vitest";
import { summarize } from "./collect-edges.ts";
import { createTestScraper, type ScraperSetup } from "./create-test-scraper.ts";
import type { TestTarget } from "./start-target.ts";

/** Scrapes both expositions, ten seconds apart, and gives what was counted between them. */
export async function between(
  target: TestTarget,
  first: string,
  second: string,
  setup: Partial<ScraperSetup> = {},
) {
  const scraper = createTestScraper({ address: target.address, ...setup });
  target.show(first);
  expect(await scraper.scrape()).toBe("ok");
  expect(scraper.collected.edges()).toEqual([]);
  target.show(second);
  expect(await scraper.scrape()).toBe("ok");
  expect([scraper.rejected, scraper.faults]).toEqual([[], []]);
  await scraper.close();
  return { edges: scraper.collected.edges(), summary: summarize(scraper.collected.edges()) };
}
