import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";

/** Where a gesture begins, and the room around it, in pixels of the window. */
export interface Stage {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const stepMs = 8;

/** Holds the map at the middle of the stage and draws it about in wide loops. */
export async function pan(page: Page, { x, y, width, height }: Stage, lastsMs: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  const startedAt = performance.now();
  for (let ms = 0; ms < lastsMs; ms = performance.now() - startedAt) {
    const angle = ms / 700;
    await page.mouse.move(
      Math.round(x + 0.3 * width * Math.sin(angle)),
      Math.round(y + 0.3 * height * Math.sin(1.7 * angle)),
    );
    await pause(stepMs);
  }
  await page.mouse.up();
}

/** Turns the wheel toward the map and back, by turns. */
export async function zoom(page: Page, { x, y }: Stage, lastsMs: number): Promise<void> {
  await page.mouse.move(x, y);
  const startedAt = performance.now();
  for (let ms = 0; ms < lastsMs; ms = performance.now() - startedAt) {
    await page.mouse.wheel(0, Math.floor(ms / 1_250) % 2 === 0 ? -40 : 40);
    await pause(stepMs);
  }
}

/** Zooms in so far that names can be read. */
export async function zoomIn(page: Page, { x, y }: Stage): Promise<void> {
  await page.mouse.move(x, y);
  for (let turn = 0; turn < 12; turn++) {
    await page.mouse.wheel(0, -100);
    await pause(4 * stepMs);
  }
}
