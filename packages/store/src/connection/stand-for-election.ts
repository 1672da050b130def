import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { databaseLabel, parseDatabaseUrl } from "./database-url.ts";
import { explainFailure } from "./explain-failure.ts";

export interface ElectionSettings {
  readonly databaseUrl: string;
  /** Key of the advisory lock: of all who name the same one in a database, one at a time is elected. */
  readonly lock: number;
  /**
   * What the elected one does, until the signal is aborted: the connection that holds the lock broke, or the election is
   * closed. Nobody else in this process is elected before it has ended; when it ends by itself, the lock is given up.
   */
  readonly onElected: (over: AbortSignal) => Promise<void>;
  /** It cannot stand just now; tried again by itself. */
  readonly onFailure: (error: unknown) => void;
}

export interface Election {
  /** Withdraws: work under way is told, waited for, and then the lock is given up. */
  close(): Promise<void>;
}

/** Between two attempts: how long nobody may be elected when the elected one has ended. */
const retryMs = 500;
const probeMs = 2_000;
const answerMs = 4_000;

/**
 * Stands for election until closed, with a session-level advisory lock on a connection of its own. The database gives up
 * the lock of a connection that is closed at once, and that of a peer that vanished without a word after some 16 s: by then
 * that peer, had it only lost its way, has noticed for long that nobody answers (6 s) and has stopped.
 */
export function standForElection(settings: ElectionSettings): Election {
  const closing = new AbortController();
  const done = stand(settings, closing.signal);
  return {
    close() {
      closing.abort();
      return done;
    },
  };
}

async function stand(settings: ElectionSettings, closed: AbortSignal): Promise<void> {
  while (!closed.aborted) {
    try {
      await serveTerm(settings, closed);
    } catch (error) {
      const { databaseUrl, onFailure } = settings;
      if (!closed.aborted)
        onFailure(explainFailure(error, databaseLabel(parseDatabaseUrl(databaseUrl))) ?? error);
    }
    await pause(retryMs, closed);
  }
}

/** From a new connection to its end. */
async function serveTerm(
  { databaseUrl, lock, onElected }: ElectionSettings,
  closed: AbortSignal,
): Promise<void> {
  const client = new pg.Client({
    connectionString: parseDatabaseUrl(databaseUrl).href,
    application_name: "weir-election",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerMs,
  });
  const lost = new AbortController();
  client.on("error", () => {}); // 'end' follows
  client.on("end", () => lost.abort());
  const over = AbortSignal.any([closed, lost.signal]);
  try {
    await client.connect();
    await client.query(
      "SET tcp_keepalives_idle = 8; SET tcp_keepalives_interval = 4; SET tcp_keepalives_count = 2; SET idle_session_timeout = 0",
    );
    while (!over.aborted && !(await takes(client, lock))) await pause(retryMs, over);
    if (over.aborted) return;
    const ended = new AbortController();
    const work = onElected(over).finally(() => ended.abort());
    await Promise.all([work, probe(client, AbortSignal.any([over, ended.signal]), lost)]);
  } finally {
    await client.end().catch(() => {});
  }
}

async function takes(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [lock]);
  return rows[0]?.mine ?? false;
}

/** A peer that vanished without a word is noticed only by asking. */
async function probe(client: pg.Client, over: AbortSignal, lost: AbortController): Promise<void> {
  for (;;) {
    await pause(probeMs, over);
    if (over.aborted) return;
    await client.query("SELECT 1").catch(() => lost.abort());
  }
}

async function pause(ms: number, until: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: until }).catch(() => {});
}
