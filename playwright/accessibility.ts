import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./journey.ts";

/**
 * What WCAG 2 A and AA object to on the page, as `rule: element`; of the part of it that a selector names also what axe
 * holds to be good practice.
 */
export async function violations(page: Page, part?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const found = await (part === undefined
    ? builder.withTags(["wcag2a", "wcag2aa"])
    : builder.include(part)
  ).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

/** Turns the page to a colour scheme and waits until it is drawn in it: half way, colours are of neither. */
export async function drawnIn(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("class", new RegExp(colorScheme));
}

/** Waits until the page, with all that comes into it, is no wider than its window. */
export async function fits(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, "pixels by which the page is wider than its window").toBeLessThanOrEqual(0);
}
