import type { Locator, Page } from "@playwright/test";

/** Drags a handle of the timeline by so many pixels. */
export async function drag(page: Page, name: string, { up = 0, right = 0 }): Promise<void> {
  await pull(page, page.getByRole("slider", { name }), { up, right });
  await page.mouse.up();
}

/** The same without letting go. */
export async function pull(page: Page, handle: Locator, { up = 0, right = 0 }): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error(`${handle} is not on the page`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height - 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right, y - up, { steps: 6 });
}
