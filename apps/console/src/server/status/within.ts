import { setTimeout } from "node:timers/promises";

/** Undefined for work that fails or is late. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController();
  const late = setTimeout(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  const done = await Promise.race([work.catch(() => undefined), late]);
  waiting.abort();
  return done;
}
