import { setTimeout as pause } from "node:timers/promises";

export interface WaitSettings {
  /** 20 s unless told. */
  readonly timeoutMs?: number;
  /** For the message of a failure: `timed out waiting for <what>`. */
  readonly what: string;
}

/**
 * Asks again and again (every 20 ms) until `condition` gives something other than false, null or undefined, and
 * gives that back. An error it throws counts as "not yet", and is the cause when time runs out.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 20_000, what }: WaitSettings,
): Promise<NonNullable<Exclude<T, false>>> {
  const until = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const found = await condition();
      if (found !== undefined && found !== null && found !== false)
        return found as NonNullable<Exclude<T, false>>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(20);
  } while (performance.now() < until);
  throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`, { cause });
}
