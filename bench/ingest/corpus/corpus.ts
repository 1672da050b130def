import type { Patches } from "./patch.ts";

/** A request, encoded once. */
export interface Batch {
  readonly body: Buffer;
  readonly patches: Patches;
  /** Spans, or data points. */
  readonly items: number;
  /** What the database must hold of it afterwards: its spans, or the requests that its sender made. */
  readonly amount: number;
  /** Index of a trace that it has a span of. */
  readonly trace?: number | undefined;
}

/** What is sent again and again, each time with ids and times of its own. */
export interface Corpus {
  /** In the order in which they are sent. */
  readonly batches: readonly Batch[];
  readonly traces: number;
  readonly spans: number;
  /** From the base of a round until its last time, in nanoseconds. */
  readonly lengthNs: number;
}
