import { isUtc, zonedIso } from "../../../ui/format/time-zone.ts";

/** A moment (ms) as a field of time without a zone takes it, by the clock that is chosen. */
export function localText(ms: number): string {
  return zonedIso(ms);
}

/** The moment (ms) that such a field names; NaN when it is empty. Text without a zone is local time (ECMA-262). */
export function msOfLocalText(text: unknown): number {
  if (typeof text !== "string" || text === "") return Number.NaN;
  return new Date(isUtc() ? `${text}Z` : text).getTime();
}
