import { closeSync, copyFileSync, mkdirSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

/** A child's log may grow to this size; what is older is in one more file of the same size beside it. */
export const logLimitBytes = 5 * 1024 * 1024;

/**
 * Opens a log for a child to write to by itself: nothing is lost and nothing blocks when the supervisor is busy or
 * gone. In append mode, because only that goes on correctly at the start of a file cut to zero.
 */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return openSync(file, "a");
}

/** Moves a log's content to `<file>.1` when it has grown past the limit. Its writers never notice. */
export function rotateLog(file: string, limitBytes: number = logLimitBytes): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return false;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
  return true;
}

/** The last lines of a log, at most 16 KiB of them; an empty list when there is none. */
export function lastLogLines(file: string, count: number): string[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return [];
  const length = Math.min(size, 16_384);
  const buffer = Buffer.alloc(length);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, buffer, 0, length, size - length);
  } finally {
    closeSync(descriptor);
  }
  const lines = buffer
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.slice(-count);
}
