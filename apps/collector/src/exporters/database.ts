import { setTimeout as pause } from "node:timers/promises";
import {
  createTelemetryCaches,
  maintainPartitions,
  openSql,
  partitionsUntil,
  ping,
  type Retention,
  retentionOf,
  type Sql,
  type TelemetryCaches,
} from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import { CommitTooSlow } from "./commit-too-slow.ts";
import { DatabaseAway } from "./database-away.ts";

export interface DatabaseSettings {
  readonly databaseUrl: string;
  readonly retentionHours: number;
  /** Kinds of telemetry that are kept for another time. */
  readonly retention?: Partial<Retention> | undefined;
  readonly now: () => number;
  readonly log: Logger;
  /** A database that does not answer a probe for this long is away; work that takes longer is a reason to probe. */
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
/** Three lanes of batches and what they look up, two spools that drain, two tasks of upkeep, maintenance, and the probe beside all of them. */
const connections = 10;
/** Turns of the event loop into which a time-out is cut. */
const timeoutSlices = 10;

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
  #partitionsUntilMs: number | undefined;
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

  /** For work that nobody waits for; undefined while the database is away. */
  get sql(): Sql | undefined {
    return this.#away ? undefined : this.#connection.sql;
  }

  /** Hours that each kind of telemetry is kept. */
  get retention(): Retention {
    return { ...retentionOf(this.#settings.retentionHours), ...this.#settings.retention };
  }

  /** Hours from now for which there are partitions; undefined: nobody has looked yet. */
  get partitionHeadRoomHours(): number | undefined {
    return this.#partitionsUntilMs === undefined
      ? undefined
      : (this.#partitionsUntilMs - this.#settings.now()) / 3_600_000;
  }

  /** Begins to connect and to maintain partitions; does not wait for it. */
  start(): void {
    this.#loop = this.#run();
  }

  /** Milliseconds, see {@link DatabaseSettings}. */
  get timeoutMs(): number {
    return this.#settings.timeoutMs;
  }

  /**
   * Runs `work`, which is expected to give up by itself after `limitMs`. Whenever it is silent for the time-out the
   * database is probed, so that one that hangs is noticed within two time-outs however long the work may take.
   * Throws {@link DatabaseAway}, at once while the database is away, or {@link CommitTooSlow} when the database answers
   * and the work has not ended a time-out after its limit.
   */
  async use<T>(work: (connection: Connection) => Promise<T>, limitMs: number): Promise<T> {
    if (this.#away) throw new DatabaseAway(this.#away.message, { cause: this.#away });
    const { timeoutMs } = this.#settings;
    const { sql } = this.#connection;
    const result = work(this.#connection);
    const ended = result.then(
      () => true,
      () => true,
    );
    for (let waitedMs = 0; !(await endsWithin(ended, timeoutMs)); ) {
      waitedMs += timeoutMs;
      await this.#within(ping(sql), timeoutMs);
      if (waitedMs >= limitMs + timeoutMs) throw new CommitTooSlow(limitMs);
    }
    return result;
  }

  /** Called with a failure that is not the data's fault: nothing is committed before a probe has succeeded. */
  leave(error: Error): void {
    if (!this.#away) {
      this.#away = error;
      this.#settings.log.warn(
        { reason: error.message },
        "the database is away; nothing is committed until it is back",
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
    const { now, timeoutMs, log } = this.#settings;
    const { retention } = this;
    const { sql } = this.#connection;
    const probe = await failureOf(this.#within(ping(sql), timeoutMs));
    if (probe) return probe;
    const maintenance = maintainPartitions(sql, { nowMs: now(), aheadHours, retention });
    const failure = await failureOf(this.#within(maintenance, maintenanceTimeoutMs));
    this.#partitionsUntilMs = await this.#within(partitionsUntil(sql), timeoutMs).catch(
      () => this.#partitionsUntilMs,
    );
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
    const sql = openSql(this.#settings.databaseUrl, { applicationName: "weir-collector", max: connections });
    return { sql, caches: createTelemetryCaches() };
  }

  async #within<T>(work: PromiseLike<T>, timeoutMs: number): Promise<T> {
    const result = Promise.resolve(work);
    const ended = result.then(
      () => true,
      () => true,
    );
    if (await endsWithin(ended, timeoutMs)) return result;
    throw new DatabaseAway(`the database did not answer within ${timeoutMs / 1000} s`);
  }

  async #sleep(durationMs: number): Promise<void> {
    await pause(durationMs, undefined, { signal: this.#wake.signal }).catch(() => {});
  }
}

/**
 * Whether `ended` resolves in time. Waits in slices, so that the event loop reads its sockets in between: when this
 * process was busy with a large body, the answer may be there, only not read yet.
 */
async function endsWithin(ended: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const timeout = async (): Promise<false> => {
    for (let slice = 0; slice < timeoutSlices; slice++)
      await pause(timeoutMs / timeoutSlices, undefined, { signal: timer.signal });
    return false;
  };
  const timedOut = timeout();
  try {
    return await Promise.race([ended, timedOut]);
  } finally {
    timedOut.catch(() => {});
    timer.abort();
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
