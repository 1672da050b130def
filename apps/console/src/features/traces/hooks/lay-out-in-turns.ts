import type { FoundTrace } from "../../../server/traces/by-id.ts";
import { layOutTrace, type TraceLayout } from "../view-model/lay-out-trace.ts";

/** Fewer spans are laid out at once: they take less than a frame. */
const smallSpans = 2_000;

/** What is drawn of a trace, laid out in steps so that the page answers meanwhile. */
export function layOutInTurns({
  columns,
  spans,
}: Pick<FoundTrace, "columns" | "spans">): Promise<TraceLayout> {
  return layOutTrace(JSON.parse(columns), spans < smallSpans ? () => Promise.resolve() : turn);
}

/** Ends when the page has done what was waiting: a message to oneself comes after it, sooner than any timer. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
