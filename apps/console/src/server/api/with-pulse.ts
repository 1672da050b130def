import { setTimeout as pause } from "node:timers/promises";

/** What `source` gives, and `"pulse"` whenever it gives nothing for so long. Leaving the one ends the other. */
export async function* withPulse<T>(
  source: AsyncGenerator<T, void, undefined>,
  everyMs: number,
): AsyncGenerator<T | "pulse", void, undefined> {
  let next = source.next();
  try {
    for (;;) {
      const waiting = new AbortController();
      const pulse = pause(everyMs, "pulse" as const, { signal: waiting.signal });
      pulse.catch(() => {}); // ended by the line after the next
      const first = await Promise.race([next, pulse]).finally(() => waiting.abort());
      if (first === "pulse") {
        yield first;
        continue;
      }
      if (first.done) return;
      yield first.value;
      next = source.next();
    }
  } finally {
    next.catch(() => {}); // it may still fail, and nobody waits any more
    void source.return();
  }
}
