import { timeFormat } from "d3-time-format";

const format = timeFormat("%Y-%m-%dT%H:%M:%S");

/** A moment (ms) as a field of local time takes it. */
export function localText(ms: number): string {
  return format(new Date(ms));
}

/** The moment (ms) that such a field names; NaN when it is empty. Text without a zone is local time (ECMA-262). */
export function msOfLocalText(text: unknown): number {
  return typeof text === "string" && text !== "" ? new Date(text).getTime() : Number.NaN;
}
