import { setTimeout as pause } from "node:timers/promises";
import {
  createTelemetryCaches,
  maintainPartitions,
  openSql,
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
const firstBackOffMs = 200;
const longestBackOffMs = 5_000;

/**
 * The database as the collector sees it: up or away. Partition maintenance is also the probe: it runs every minute
 * while up and with growing pauses while away, and only its success makes the database up, so that up means reachable,
 * migrated, and with partitions for now.
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
    return this.#within(work(this.#connection));
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
      const failure = await this.#maintain();
      if (this.#stopped) return;
      if (failure) this.#fail(failure);
      else if (this.#away) this.#return();
      backOffMs = failure ? Math.min(backOffMs * 2, longestBackOffMs) : firstBackOffMs;
      await this.#sleep(failure ? backOffMs / 2 : maintenanceEveryMs);
      if (this.#away && !this.#stopped) await this.#reconnect();
    }
  }

  async #maintain(): Promise<Error | undefined> {
    const { now, retentionHours } = this.#settings;
    try {
      await this.#within(
        maintainPartitions(this.#connection.sql, { nowMs: now(), aheadHours, retentionHours }),
      );
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
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

  async #within<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs } = this.#settings;
    const timer = new AbortController();
    try {
      return await Promise.race([
        work,
        pause(timeoutMs, undefined, { signal: timer.signal }).then(() => {
          throw new DatabaseAway(`the database did not answer within ${timeoutMs / 1000} s`);
        }),
      ]);
    } finally {
      timer.abort();
    }
  }

  async #sleep(durationMs: number): Promise<void> {
    await pause(durationMs, undefined, { signal: this.#wake.signal }).catch(() => {});
  }
}
