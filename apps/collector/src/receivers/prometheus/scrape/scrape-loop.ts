import { hash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { TargetScraper } from "./target-scraper.ts";

export interface ScrapeLoop {
  /** Ends the scrape that is under way. Resolves when nothing of the target is going on any more. */
  stop(): Promise<void>;
}

/**
 * Scrapes a target at every interval, beginning at once or, of many targets, a little later each, so that they do not
 * all come together (Prometheus: offset by the target's hash). A scrape that takes longer than the interval, which only
 * a slow intake can cause, leaves out those it was in the way of.
 */
export function startScrapeLoop(scraper: TargetScraper, key: string, intervalMs: number): ScrapeLoop {
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    let next = performance.now() + offsetOf(key, intervalMs);
    while (await wait(next - performance.now(), stopped.signal)) {
      await scraper.scrape(stopped.signal);
      const late = Math.max(0, performance.now() - next);
      next += intervalMs * Math.max(1, Math.ceil(late / intervalMs));
    }
  };
  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
      scraper.close();
    },
  };
}

/** Below a second, or below the interval where that is shorter. */
function offsetOf(key: string, intervalMs: number): number {
  const spread = Math.min(1000, intervalMs);
  return Number.parseInt(hash("sha1", key).slice(0, 8), 16) % spread;
}

/** False: stopped. */
async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(Math.max(0, ms), undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}
