import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";

/** Has the map's page export a file, by the words of the menu, and reads what was downloaded. */
export async function saveMap(page: Page, what: string | RegExp): Promise<Buffer> {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: what }).click();
  return readFile(await (await download).path());
}
