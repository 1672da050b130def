import type { Browser, Page } from "@playwright/test";
import { quantile } from "../shared/quantile.ts";

/** One visit of a trace's page in a browser that has seen nothing before. Times in milliseconds from navigation. */
export interface Visit {
  /** The first spans stood on the page. */
  readonly drawnMs: number;
  /** A key press at that moment had moved the selection. */
  readonly interactiveMs: number;
  /** The longest that the page's thread was held before it was drawn. */
  readonly longestTaskMs: number;
  readonly scrollFramesPerSecond: number;
  readonly scrollP95FrameMs: number;
  /** Of JavaScript, after a collection, in MB (2^20). */
  readonly heapMb: number;
}

const scrollSteps = 120;

export async function visitTrace(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPage);
    await page.goto(url, { waitUntil: "commit" });
    const first = page.locator('[role="treeitem"]').first();
    await first.waitFor({ timeout: 60_000 });
    await page.locator('[role="treeitem"][aria-selected="true"]').waitFor({ timeout: 30_000 });
    const times = await page.evaluate(() => globalThis.watched);
    const frames = await scroll(page);
    return {
      ...{ drawnMs: times.drawnMs, interactiveMs: times.selectedMs, longestTaskMs: times.longestTaskMs },
      scrollFramesPerSecond: (1_000 * frames.length) / frames.reduce((sum, frame) => sum + frame, 0),
      scrollP95FrameMs: quantile(frames, 0.95),
      heapMb: await heapMb(page),
    };
  } finally {
    await context.close();
  }
}

interface Watched {
  drawnMs: number;
  selectedMs: number;
  longestTaskMs: number;
}

declare global {
  var watched: Watched;
}

/** Runs in the page before anything of its own. */
function watchPage(): void {
  const watched = { drawnMs: 0, selectedMs: 0, longestTaskMs: 0 };
  globalThis.watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      if (watched.drawnMs === 0) watched.longestTaskMs = Math.max(watched.longestTaskMs, duration);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    const seen = (selector: string) => document.querySelector(selector) !== null;
    if (watched.drawnMs === 0 && seen('[role="treeitem"]')) {
      watched.drawnMs = performance.now();
      // From within: what drives the browser would only look again after a while.
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }),
      );
    }
    if (watched.selectedMs === 0 && seen('[role="treeitem"][aria-selected="true"]'))
      watched.selectedMs = performance.now();
    if (watched.selectedMs === 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Lengths of the frames, in milliseconds, while the tree scrolls by 300 pixels a frame. */
function scroll(page: Page): Promise<number[]> {
  return page.evaluate(async (steps) => {
    const tree = document.querySelector('[role="tree"]');
    if (!tree) throw new Error("there is no tree to scroll");
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const lengths: number[] = [];
    let before = await frame();
    for (let step = 0; step < steps; step++) {
      tree.scrollTop += 300;
      const now = await frame();
      lengths.push(now - before);
      before = now;
    }
    if (tree.scrollTop < 300 * steps * 0.9) throw new Error("the tree did not scroll");
    return lengths;
  }, scrollSteps);
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 2 ** 20;
}
