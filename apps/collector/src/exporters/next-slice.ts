import type { OtlpRequest } from "../intake.ts";
import { decodedSize } from "../processors/memory-limiter/decoded-size.ts";

/** What a body becomes is many times larger than itself: of what is read from a spool, about so many bytes are decoded at once. */
const sliceBytes = 32 * 1024 * 1024;

/**
 * How many of the requests from `from` on are decoded and committed together: one at least, and as many as are no more than a
 * slice in memory. They are weighed, not decoded.
 */
export function nextSlice(requests: readonly OtlpRequest[], from: number): number {
  let bytes = 0;
  let count = 0;
  for (const { signal, encoding, body } of requests.slice(from)) {
    bytes += decodedSize(signal, encoding, body);
    if (count > 0 && bytes > sliceBytes) break;
    count++;
  }
  return count;
}
