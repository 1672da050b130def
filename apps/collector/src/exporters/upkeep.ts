import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";

export interface Task {
  /** For the log: `<what> failed`. */
  readonly what: string;
  /** The pause between two runs, at least; see {@link restsFor}. */
  readonly everyMs: number;
  /** Whether there is more to do at once. */
  readonly run: (sql: Sql) => Promise<boolean>;
}

export interface UpkeepSettings {
  readonly tasks: readonly Task[];
  /** Undefined while the database is away. */
  readonly database: () => Sql | undefined;
  readonly log: Logger;
}

/**
 * Work in the database that nobody waits for, each task by itself, again and again. A task that fails is tried again after
 * its pause; one line in the log tells of it, until it has succeeded.
 */
export class Upkeep {
  readonly #settings: UpkeepSettings;
  readonly #stop = new AbortController();
  #loops: readonly Promise<void>[] = [];

  constructor(settings: UpkeepSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#loops = this.#settings.tasks.map((task) => this.#repeat(task));
  }

  /** Finishes what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #repeat(task: Task): Promise<void> {
    const { signal } = this.#stop;
    let failing = false;
    while (!signal.aborted) {
      const sql = this.#settings.database();
      const startedAt = performance.now();
      const result = sql && (await outcomeOf(task, sql));
      if (result instanceof Error && !failing)
        this.#settings.log.warn({ reason: result.message }, `${task.what} failed; trying again`);
      if (result !== undefined) failing = result instanceof Error;
      const restMs = restsFor(task, performance.now() - startedAt);
      if (result !== true) await pause(restMs, undefined, { signal }).catch(() => {});
    }
  }
}

/** A task takes a tenth of the time at most, so that it may run often where it is small and never crowds out what it serves. */
function restsFor({ everyMs }: Task, tookMs: number): number {
  return Math.max(everyMs, 9 * tookMs);
}

async function outcomeOf({ run }: Task, sql: Sql): Promise<boolean | Error> {
  try {
    return await run(sql);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
