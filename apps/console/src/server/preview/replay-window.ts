import type { PolicyReplay, Window } from "@weir/domain";
import type { RequestShape } from "@weir/store";
import type { PreviewTally } from "./preview-tally.ts";
import { replayShapes } from "./replay-shapes.ts";

export interface ReplayWindowSettings {
  readonly read: (part: Window) => Promise<readonly RequestShape[]>;
  readonly replay: PolicyReplay;
  readonly tally: PreviewTally;
  /** No part is begun after so long. */
  readonly budgetMs: number;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal | undefined;
}

const firstWidthMs = 5_000;
const leastWidthMs = 500;
const mostWidthMs = 6 * 3_600_000;
/**
 * A part is aimed to hold so many requests: other answers wait for the part that is being judged, about a tenth of a
 * second. Not so much time: on a busy machine parts would get so small that beginning them is most of the work.
 */
const aimedRequests = 100_000;
/** That the database reads, each on a connection and so a core of its own, while another part is judged. */
const partsAhead = 2;

/** Replays a window from its start, part by part, and tells after each how far it has come. Ends early when the time is up. */
export async function* replayWindow(
  window: Window,
  { read, replay, tally, budgetMs, clock, signal }: ReplayWindowSettings,
): AsyncGenerator<number, void, undefined> {
  const until = clock() + budgetMs;
  const begin = (fromMs: number, widthMs: number): Reading | undefined => {
    if (fromMs >= window.toMs || clock() >= until || signal?.aborted) return undefined;
    const part = { fromMs, toMs: Math.min(window.toMs, fromMs + Math.round(widthMs)) };
    const shapes = read(part);
    shapes.catch(() => {}); // whoever waits for it is told; nobody may
    return { part, shapes };
  };
  let widthMs = firstWidthMs;
  let fromMs = Math.floor(window.fromMs);
  const readings: Reading[] = [];
  const readAhead = () => {
    while (readings.length < partsAhead) {
      const reading = begin(fromMs, widthMs);
      if (reading === undefined) return;
      readings.push(reading);
      fromMs = reading.part.toMs;
    }
  };
  for (readAhead(); readings.length > 0; ) {
    const { part, shapes } = readings.shift()!;
    const found = await shapes;
    if (signal?.aborted) return;
    const requests = found.reduce((sum, shape) => sum + shape.requests, 0);
    const factor = Math.min(8, Math.max(0.25, aimedRequests / requests));
    widthMs = Math.min(mostWidthMs, Math.max(leastWidthMs, (part.toMs - part.fromMs) * factor));
    readAhead();
    replayShapes(replay, found, part.fromMs, tally);
    yield part.toMs;
  }
}

interface Reading {
  readonly part: Window;
  readonly shapes: Promise<readonly RequestShape[]>;
}
