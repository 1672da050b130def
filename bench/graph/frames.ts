import type { Page } from "@playwright/test";
import { quantile } from "../shared/quantile.ts";

/** Frames of the page's own thread while something went on, by the timestamps of `requestAnimationFrame`. */
export interface Frames {
  readonly perSecond: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

interface Counted {
  lengths: number[];
  stop: boolean;
}

declare global {
  var counted: Counted;
}

/** What frames there were during `work`; of none that came after it. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const counted: Counted = { lengths: [], stop: false };
    globalThis.counted = counted;
    let before = 0;
    const count = (now: number) => {
      if (before > 0) counted.lengths.push(now - before);
      before = now;
      if (!counted.stop) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await work();
  const lengths = await page.evaluate(() => {
    globalThis.counted.stop = true;
    return globalThis.counted.lengths;
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    perSecond: (1_000 * lengths.length) / total,
    p95Ms: quantile(lengths, 0.95),
    longestMs: Math.max(...lengths),
  };
}
