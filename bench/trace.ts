import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { Children } from "./shared/children.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { quantile } from "./shared/quantile.ts";
import { resultLine } from "./shared/result-line.ts";
import { serveConsole } from "./shared/serve-console.ts";
import { startDatabase } from "./shared/start-database.ts";
import { atLeast, atMost, printTargets } from "./shared/targets.ts";
import { bigTrace, traceIdOf } from "./trace/big-trace.ts";
import { type Visit, visitTrace } from "./trace/read-page.ts";
import { storeTrace } from "./trace/store-trace.ts";

/**
 * How long a trace of 10,000 and of 100,000 spans takes from navigation until it can be used, how it scrolls and what it
 * holds, in Chromium against the built console (`npm start` builds it). Every visit is a new browser profile. Linux only.
 */
const sizes = [10_000, 100_000];
const visits = 5;
const systemChromium = "/usr/bin/chromium";
const dir = mkdtempSync(join(tmpdir(), "weir-bench-trace-"));
const children = new Children(dir);
const database = await startDatabase(join(dir, "postgres"));
const browser = await chromium.launch({
  ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const startNs = BigInt(Date.now() - 60_000) * 1_000_000n;
  for (const size of sizes) await storeTrace(database.sql, bigTrace(size, startNs));
  const url = await serveConsole(children, database.databaseUrl);
  await fetch(`${url}/traces/${traceIdOf(1)}`); // the server's first page is slower than all others
  const measured = new Map<number, Visit>();
  const { share } = await withMachineShare(async () => {
    for (const size of sizes) measured.set(size, await measure(`${url}/traces/${traceIdOf(size)}`));
  });
  const [small, large] = sizes.map((size) => measured.get(size));
  for (const [size, visit] of measured) print(size, visit);
  printTargets([
    atMost("10,000 spans, seconds until a key is answered", seconds(small), 1),
    atMost("100,000 spans, seconds until a key is answered", seconds(large), 3),
    atLeast("100,000 spans, frames a second while scrolling", large?.scrollFramesPerSecond, 50),
    atMost("100,000 spans, MB of the page's heap", large?.heapMb, 400),
  ]);
  console.log(resultLine("trace", { visits, share, ...Object.fromEntries(measured) }));
} finally {
  await browser.close();
  await children.stopAll();
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** The median of each figure over the visits. */
async function measure(url: string): Promise<Visit> {
  const seen: Visit[] = [];
  for (let i = 0; i < visits; i++) seen.push(await visitTrace(browser, url));
  const median = (of: (visit: Visit) => number) => quantile(seen.map(of), 0.5);
  return {
    drawnMs: median((visit) => visit.drawnMs),
    interactiveMs: median((visit) => visit.interactiveMs),
    longestTaskMs: median((visit) => visit.longestTaskMs),
    scrollFramesPerSecond: median((visit) => visit.scrollFramesPerSecond),
    scrollP95FrameMs: median((visit) => visit.scrollP95FrameMs),
    heapMb: median((visit) => visit.heapMb),
  };
}

function print(size: number, visit: Visit): void {
  const { drawnMs, interactiveMs, longestTaskMs, scrollFramesPerSecond, scrollP95FrameMs, heapMb } = visit;
  console.log(
    [
      `${size.toLocaleString("en").padStart(8)} spans: drawn ${drawnMs.toFixed(0)} ms`,
      `a key answered ${interactiveMs.toFixed(0)} ms, longest task ${longestTaskMs.toFixed(0)} ms`,
      `scrolling ${scrollFramesPerSecond.toFixed(0)} frames/s (p95 ${scrollP95FrameMs.toFixed(1)} ms)`,
      `heap ${heapMb.toFixed(0)} MB`,
    ].join(", "),
  );
}

function seconds(visit: Visit | undefined): number | undefined {
  return visit && visit.interactiveMs / 1_000;
}
