import type { Page } from "@playwright/test";

declare global {
  /** Durations of events with an interaction id, in ms, in steps of eight (Event Timing API). */
  var interactionsMs: number[];
}

/** Begins to collect on every page that is opened from now on. */
export async function observeInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.interactionsMs = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[])
        if (entry.interactionId) globalThis.interactionsMs.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** The slowest event of what `act` does, in ms; 16 where none took that long: the API tells of no shorter one. */
export async function slowestOf(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    globalThis.interactionsMs = [];
  });
  await act();
  // Entries are handed out after the paint that ends them.
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            setTimeout(() => done(Math.max(16, ...globalThis.interactionsMs)), 200),
          ),
        );
      }),
  );
}
