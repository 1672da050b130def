import type { TraceRow } from "../../../server/traces/trace-row.ts";

/** A part of the picture of durations against time, bounds inclusive. */
export interface ScatterRegion {
  readonly fromMs: number;
  readonly toMs: number;
  readonly minNs: number;
  readonly maxNs: number;
}

/** `fromMs-toMs-minNs-maxNs`, whole numbers, as the address has it. */
export function printRegion({ fromMs, toMs, minNs, maxNs }: ScatterRegion): string {
  return [fromMs, toMs, minNs, maxNs].map((value) => Math.round(value)).join("-");
}

/** Null for what is no region. */
export function parseRegion(text: string): ScatterRegion | null {
  const values = /^(\d{1,16})-(\d{1,16})-(\d{1,16})-(\d{1,16})$/.exec(text)?.slice(1).map(Number);
  if (!values) return null;
  const [fromMs = 0, toMs = 0, minNs = 0, maxNs = 0] = values;
  return fromMs <= toMs && minNs <= maxNs ? { fromMs, toMs, minNs, maxNs } : null;
}

export function inRegion(
  { startMs, durationNs }: Pick<TraceRow, "startMs" | "durationNs">,
  region: ScatterRegion,
): boolean {
  return (
    startMs >= region.fromMs &&
    startMs <= region.toMs &&
    durationNs >= region.minNs &&
    durationNs <= region.maxNs
  );
}
