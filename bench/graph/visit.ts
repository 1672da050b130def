import { setTimeout as pause } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { quantile } from "../shared/quantile.ts";
import { type Frames, framesDuring } from "./frames.ts";
import { pan, type Stage, zoom, zoomIn } from "./gestures.ts";

/** One visit in a browser that has seen nothing before. */
export interface Visit {
  /** From navigation until the graph stood on the page. */
  readonly drawnMs: number;
  /** With the whole graph in sight, while it is dragged about. */
  readonly panned: Frames;
  readonly zoomed: Frames;
  /** Dragged about so near that names can be read. */
  readonly pannedNear: Frames;
  /** Of JavaScript on the page's thread, after a collection, in MB (2^20). */
  readonly heapMb: number;
  /** Processor time of the page's thread that newer numbers of every edge took, one figure an update; none of a peer. */
  readonly updatesMs: readonly number[];
}

export interface Visited {
  readonly url: string;
  /** Matches once the graph is drawn. */
  readonly drawn: string;
  /** What the graph is in. */
  readonly map: string;
  /** Makes the page show newer numbers, and matches when `attribute` of `drawn` has another value. */
  readonly update?: { readonly run: () => Promise<void>; readonly attribute: string; readonly times: number };
}

const gestureMs = 5_000;
/** A page that has drawn nothing by then never will. */
const patienceMs = 60_000;

export async function visit(browser: Browser, visited: Visited): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchFor, visited.drawn);
    await page.goto(visited.url, { waitUntil: "commit" });
    await page.waitForFunction(() => globalThis.drawnAt > 0, undefined, { timeout: patienceMs });
    const drawnMs = await page.evaluate(() => globalThis.drawnAt);
    await pause(2_000); // what comes after the first picture is not part of a gesture
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const updatesMs = visited.update
      ? await measureUpdates(page, session, visited.drawn, visited.update)
      : [];
    const stage = await stageOf(page, visited.map);
    const panned = await framesDuring(page, () => pan(page, stage, gestureMs));
    const zoomed = await framesDuring(page, () => zoom(page, stage, gestureMs));
    await zoomIn(page, stage);
    await pause(1_000);
    const near = await freeStage(page, stage);
    const pannedNear = await framesDuring(page, () => pan(page, near, gestureMs));
    return { drawnMs, panned, zoomed, pannedNear, heapMb: await heapMb(session), updatesMs };
  } finally {
    await context.close();
  }
}

declare global {
  var drawnAt: number;
}

/** Runs in the page before anything of its own. */
function watchFor(selector: string): void {
  globalThis.drawnAt = 0;
  const look = () => {
    if (document.querySelector(selector)) globalThis.drawnAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function stageOf(page: Page, selector: string): Promise<Stage> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`there is no ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
}

/** The same beside every service: what is held there is the map, and no box of it. */
async function freeStage(page: Page, stage: Stage): Promise<Stage> {
  for (let step = 0; step < 40; step++) {
    const at = { x: stage.x + 7 * step, y: stage.y + 11 * (step % 9) };
    await page.mouse.move(at.x, at.y);
    await pause(60);
    const isFree = await page.evaluate(
      ({ x, y }) => !document.elementFromPoint(x, y)?.closest("[data-node]"),
      at,
    );
    if (isFree) return { ...stage, ...at };
  }
  throw new Error("services are everywhere");
}

/** Processor time of the page's thread from before an update until it was drawn and a moment more. */
async function measureUpdates(
  page: Page,
  session: CDPSession,
  drawn: string,
  { run, attribute, times }: NonNullable<Visited["update"]>,
): Promise<number[]> {
  const read = () => page.locator(drawn).getAttribute(attribute);
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    await pause(1_200);
    const [before, busyBefore] = [await read(), await busyMs(session)];
    await run();
    await page.waitForFunction(
      ([selector, name, old]) => document.querySelector(selector ?? "")?.getAttribute(name ?? "") !== old,
      [drawn, attribute, before] as const,
      { timeout: patienceMs, polling: 250 },
    );
    await pause(300);
    took.push((await busyMs(session)) - busyBefore);
  }
  return took;
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 2 ** 20;
}

/** The middle one. */
export function median(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : quantile(values, 0.5);
}
