import { setTimeout as pause } from "node:timers/promises";
import { exitCodeOf, exitCodes } from "./command-error.ts";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { type ConsoleOptions, consoleUrlOf, openConsole, type Query } from "./console-api.ts";
import { linesOf } from "./lines-of.ts";

/** The console says every ten seconds that it lives. */
const silenceMs = 25_000;
const firstDelayMs = 250;
const longestDelayMs = 5_000;

/**
 * Lines of a stream of the console, until `ended` is aborted. When the stream ends, the console is asked again, more and
 * more seldom, until it answers; on standard error it is said once that it is away, and once that it is back.
 * @throws CommandError when it refuses, or does not answer the very first time.
 */
export async function* followConsole(
  surroundings: CommandSurroundings,
  options: ConsoleOptions,
  path: string,
  query: Query,
  ended: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const base = consoleUrlOf(surroundings, options);
  let isFirst = true;
  let failures = 0;
  while (!ended.aborted) {
    try {
      for await (const line of stream(base, path, query, ended)) {
        if (failures > 0) surroundings.printError("weir: following again; what came meanwhile is not shown");
        isFirst = false;
        failures = 0;
        yield line;
      }
    } catch (error) {
      if (ended.aborted) return;
      if (isFirst || exitCodeOf(error) === exitCodes.usage) throw error;
    }
    if (ended.aborted) return;
    if (++failures === 1) surroundings.printError(`weir: the stream of ${base} has ended; trying again`);
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 10));
    await pause(delayMs, undefined, { signal: ended }).catch(() => {}); // interrupted: seen above
  }
}

async function* stream(base: string, path: string, query: Query, ended: AbortSignal) {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), silenceMs);
  try {
    const response = await openConsole(base, path, query, AbortSignal.any([ended, silent.signal]));
    for await (const line of linesOf(response)) {
      timer.refresh();
      yield line;
    }
  } finally {
    clearTimeout(timer);
    silent.abort(); // lets the connection go where the caller has enough
  }
}
