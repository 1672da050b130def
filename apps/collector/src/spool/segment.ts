import { join } from "node:path";

/** One file of the spool. What is counted here is on disk for good: bytes behind it may exist, but nobody was promised them. */
export interface Segment {
  /** Grows from file to file and is never used twice. */
  readonly id: number;
  readonly path: string;
  bytes: number;
  /** Records in it; after a restart, those that were not consumed before. */
  requests: number;
  /** End of the last gap that was found in it; 0: none. Such a file is kept aside, not removed. */
  damagedTo: number;
}

const namePattern = /^(\d{20})\.log$/;

export function segmentAt(directory: string, id: number): Segment {
  const path = join(directory, `${String(id).padStart(20, "0")}.log`);
  return { id, path, bytes: 0, requests: 0, damagedTo: 0 };
}

/** Undefined for the name of any other file. */
export function segmentId(name: string): number | undefined {
  const digits = namePattern.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
