import { setTimeout as pause } from "node:timers/promises";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TailBatch } from "./answers.ts";
import type { RequestFilter } from "./requests/request-filter.ts";
import { RequestTail } from "./requests/request-tail.ts";

export interface TailSource {
  readonly sql: Sql;
  /** Calls `wake` whenever telemetry may have been committed, until the function it gives back is called. */
  listen(wake: () => void): () => void;
}

export interface TailSettings {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A request may be logged so much later than one that was logged before it, and still comes; 15 s unless told. */
  readonly overlapMs?: number;
  /** At most so many a batch, 200 unless told; the newest, where there are more. */
  readonly batch?: number;
}

/** Batches come no faster, or else they would be of one request each. */
const leastPauseMs = 250;
/** Notices get lost when a connection does. */
const mostPauseMs = 5_000;

/**
 * Requests as they are logged, from now on, until `signal` is aborted. Sidecars log in batches and late, so times go back
 * and forth between batches, but each request comes once. Nothing is gathered while the caller is busy with a batch: what
 * is too much for the next one is counted in its `missed`.
 *
 * @throws DatabaseUnreachable when the database is away; begin again once it is back.
 */
export async function* tailRequests(
  source: TailSource,
  filter: RequestFilter,
  signal: AbortSignal,
  { now = Date.now, overlapMs = 15_000, batch = 200 }: TailSettings = {},
): AsyncGenerator<TailBatch, void, undefined> {
  const { sql } = source;
  const tail = new RequestTail(filter, { overlapMs, batch, startMs: now() });
  const wakes = new Wakes();
  await guarded(sql, () => tail.passOver(sql, now()));
  const stop = source.listen(() => wakes.wake());
  wakes.wake(); // for what came before we listened
  try {
    while (!signal.aborted) {
      await wakes.next(mostPauseMs, signal);
      if (signal.aborted) return;
      const found = await guarded(sql, () => tail.read(sql, now()));
      if (found.requests.length > 0 || found.missed > 0) yield found;
      await pause(leastPauseMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    stop();
  }
}

/** Remembers that it was called while nobody was waiting. */
class Wakes {
  #isCalled = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#isCalled = true;
    this.#resolve?.();
  }

  /** Resolves with the next call since the last time, after `atMostMs`, or when aborted. */
  async next(atMostMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isCalled) {
      const done = new AbortController();
      const called = new Promise<void>((resolve) => {
        this.#resolve = resolve;
      });
      const waited = pause(atMostMs, undefined, { signal: AbortSignal.any([signal, done.signal]) }).catch(
        () => {},
      );
      await Promise.race([called, waited]);
      done.abort();
    }
    this.#isCalled = false;
    this.#resolve = undefined;
  }
}
