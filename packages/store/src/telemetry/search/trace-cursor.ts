import { clampInt8 } from "../copy-text.ts";
import { hourNs } from "../time.ts";
import type { TraceKey } from "../trace-summaries.ts";

/** A place in the order of a search: traces by their start, then id, newest first. */
export interface TraceCursor {
  readonly startNs: bigint;
  /** As Postgres writes a uuid. */
  readonly traceId: string;
  /** Traces behind it that were found by a span of long before it, where the next page will not look again. */
  readonly known: readonly TraceKey[];
}

/** Lower than every trace that starts at the same time. */
const lowestTraceId = "00000000-0000-0000-0000-000000000000";
const mostKnown = 100;

/** Behind all traces that start at `startNs` or later. */
export function cursorAt(startNs: bigint): Omit<TraceCursor, "known"> {
  return { startNs, traceId: lowestTraceId };
}

/** Keeps of what is known as many as an address can hold. */
export function formatCursor({ startNs, traceId, known }: TraceCursor): string {
  const keys = known.slice(0, mostKnown).map((key) => `.${key.traceId}@${BigInt(key.hourNs) / hourNs}`);
  return `${startNs}.${traceId}${keys.join("")}`;
}

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const form = new RegExp(`^(-?\\d{1,19})\\.(${uuid})((?:\\.${uuid}@-?\\d{1,6}){0,${mostKnown}})$`);

/** Undefined for what is no cursor of ours: the search then starts at its newest. */
export function parseCursor(cursor: string | undefined): TraceCursor | undefined {
  const [, startNs, traceId, keys] = form.exec(cursor ?? "") ?? [];
  if (startNs === undefined || traceId === undefined) return undefined;
  const ns = BigInt(startNs);
  if (clampInt8(ns) !== ns) return undefined;
  return { startNs: ns, traceId, known: keys ? keys.slice(1).split(".").map(keyOf) : [] };
}

function keyOf(text: string): TraceKey {
  const [traceId = "", hour = "0"] = text.split("@");
  return { traceId, hourNs: String(BigInt(hour) * hourNs) };
}
