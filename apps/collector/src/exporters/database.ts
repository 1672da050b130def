import { setTimeout as pause } from "node:timers/promises";
import {
  createTelemetryCaches,
  maintainPartitions,
  openSql,
  ping,
  type Sql,
  type TelemetryCaches,
} from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import { DatabaseAway } from "./database-away.ts";

export interface DatabaseSettings {
  readonly databaseUrl: string;
  readonly retentionHours: number;
  readonly now: () => number;
  readonly log: Logger;
  /** After this long a statement counts as lost, its connection as dead. */
  readonly timeoutMs: number;
}

/** A pool, and the dictionary ids that were read through it. */
export interface Connection {
  readonly sql: Sql;
  readonly caches: TelemetryCaches;
}

/** Hours of partitions kept ahead of the clock. */
const aheadHours = 3;
const maintenanceEveryMs = 60_000;
const maintenanceTimeoutMs = 60_000;
const firstBackOffMs = 200;
const longestBackOffMs = 5_000;

/**
 * The database as the collector sees it: up or away. It is probed and its partitions are maintained every minute while
 * up, and with growing pauses while away; only both together make it up, so that up means reachable, migrated, and with
 * partitions for now.
 */
export class Database {
  readonly #settings: DatabaseSettings;
  #connection: Connection;
  #away: Error | undefined = new Error("not connected yet");
  #announced = false;
  #wake = new AbortController();
  #stopped = false;
  #loop: Promise<void> | undefined;

  /** Throws DatabaseUnreachable when the URL is not one. Connects to nothing yet. */
  constructor(settings: DatabaseSettings) {
    this.#settings = settings;
    this.#connection = this.#open();
  }

  /** Why nothing can be committed now; undefined while the database is up. */
  get away(): Error | undefined {
    return this.#away;
  }

  /** Begins to connect and to maintain partitions; does not wait for it. */
  start(): void {
    this.#loop = this.#run();
  }

  /** Runs `work` within the time-out. Throws {@link DatabaseAway} at once while the database is away. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#away) throw new DatabaseAway(this.#away.message, { cause: this.#away });
    return this.#within(work(this.#connection), this.#settings.timeoutMs);
  }

  /** Called with a failure that is not the data's fault: nothing is committed before a probe has succeeded. */
  leave(error: Error): void {
    if (!this.#away) {
      this.#away = error;
      this.#settings.log.warn(
        { reason: error.message },
        "the database is away; answering 503 until it is back",
      );
      this.#announced = true;
      this.#wake.abort();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake.abort();
    await this.#loop;
    await this.#connection.sql.end({ timeout: 2 });
  }

  async #run(): Promise<void> {
    let backOffMs = firstBackOffMs;
    while (!this.#stopped) {
      this.#wake = new AbortController();
      const failure = await this.#check();
      if (this.#stopped) return;
      if (failure) this.#fail(failure);
      else if (this.#away) this.#return();
      await this.#sleep(failure ? backOffMs : maintenanceEveryMs);
      backOffMs = failure ? Math.min(backOffMs * 2, longestBackOffMs) : firstBackOffMs;
      if (this.#away && !this.#stopped) await this.#reconnect();
    }
  }

  /** Why the database is away, if it is. */
  async #check(): Promise<Error | undefined> {
    const { now, retentionHours, timeoutMs, log } = this.#settings;
    const { sql } = this.#connection;
    const probe = await failureOf(this.#within(ping(sql), timeoutMs));
    if (probe) return probe;
    const maintenance = maintainPartitions(sql, { nowMs: now(), aheadHours, retentionHours });
    const failure = await failureOf(this.#within(maintenance, maintenanceTimeoutMs));
    if (!failure || this.#away) return failure;
    // Partitions are made hours ahead, so one that has to wait, for a lock perhaps, is no reason to refuse telemetry.
    log.warn({ reason: failure.message }, "partitions could not be maintained; trying again in a minute");
    return undefined;
  }

  #fail(error: Error): void {
    this.#away = error;
    // One line for an outage, however many attempts it takes.
    if (this.#announced) return;
    this.#announced = true;
    this.#settings.log.warn(
      { reason: error.message },
      "the database is away; trying again until it is there",
    );
  }

  #return(): void {
    this.#away = undefined;
    this.#announced = false;
    this.#settings.log.info("the database is up and has its partitions");
  }

  /** A connection that timed out may hang for ever; and the database that comes back may be another one. */
  async #reconnect(): Promise<void> {
    const old = this.#connection;
    this.#connection = this.#open();
    await old.sql.end({ timeout: 0 }).catch(() => {});
  }

  #open(): Connection {
    const sql = openSql(this.#settings.databaseUrl, { applicationName: "weir-collector", max: 3 });
    return { sql, caches: createTelemetryCaches() };
  }

  async #within<T>(work: PromiseLike<T>, timeoutMs: number): Promise<T> {
    const timer = new AbortController();
    const timeout = pause(timeoutMs, undefined, { signal: timer.signal }).then(() => {
      throw new DatabaseAway(`the database did not answer within ${timeoutMs / 1000} s`);
    });
    try {
      return await Promise.race([work, timeout]);
    } finally {
      timeout.catch(() => {});
      timer.abort();
    }
  }

  async #sleep(durationMs: number): Promise<void> {
    await pause(durationMs, undefined, { signal: this.#wake.signal }).catch(() => {});
  }
}

async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
