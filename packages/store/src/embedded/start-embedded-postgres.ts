import { type ChildProcessByStdio, spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { resolve as absolute, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { openSql } from "../connection/open-sql.ts";
import { type Account, accountFor } from "./account.ts";
import { findBinaries, programPath } from "./binaries.ts";
import { EmbeddedPostgresFailed } from "./embedded-postgres-failed.ts";
import { explainLog } from "./explain-log.ts";
import { initialiseCluster, superuser } from "./initialise-cluster.ts";
import { clearLeftover } from "./leftover-postmaster.ts";
import { type Place, preparePlace } from "./place.ts";
import { postgresEnvironment } from "./postgres-environment.ts";

export interface EmbeddedPostgresSettings {
  /** Made when it is missing; a relative path counts from the working directory. */
  readonly dataDir: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** What Postgres logs, and notes of ours, a line a call. */
  readonly log?: ((line: string) => void) | undefined;
  /** False only for data nobody will miss: a crash of the machine may then lose all of it. */
  readonly durable?: boolean | undefined;
  /** More settings of the server, such as `{ max_connections: "200" }`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Where root keeps what the user postgres cannot reach in `dataDir`; `/var/lib/weir` unless told. */
  readonly sharedDirs?: readonly string[] | undefined;
}

export interface EmbeddedPostgres {
  /** With user, password and the database `weir`. */
  readonly databaseUrl: string;
  /** Of the postmaster's guard, which ends with it. */
  readonly pid: number;
  /** Settles when Postgres has ended, asked for or not. */
  readonly exited: Promise<{ readonly reason: string }>;
  /** Ends sessions and stops in order (fast shutdown); resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs the Postgres from the registry on loopback: creates its data on the first start, stops what an earlier
 * run left behind, and cannot outlive this process (a guard stops it when our end of a pipe closes).
 * It runs in a session of its own, so that a Ctrl-C in the terminal reaches only us, who stop it last.
 *
 * @throws EmbeddedPostgresFailed with one sentence: port taken, disk full, data of another version, in use…
 */
export async function startEmbeddedPostgres(settings: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const { port, log = () => {}, durable = true, sharedDirs } = settings;
  const account = accountFor();
  const place = await preparePlace({
    dataDir: absolute(settings.dataDir),
    account,
    binaries: findBinaries(),
    ...(sharedDirs ? { sharedDirs } : {}),
    log,
  });
  const ownerFile = join(place.directory, "owner.pid");
  await clearLeftover(join(place.directory, "cluster"), ownerFile);
  const { cluster, password } = await initialiseCluster(place, account, durable ? [] : ["--no-sync"]);
  const parameters = { ...baseParameters, ...(durable ? {} : unsafeParameters), ...settings.parameters };
  const child = spawnGuarded(place, account, cluster, { ...parameters, port: String(port) });
  await writeFile(ownerFile, `${process.pid}\n`);
  const output = new LogTail(child.stderr, log);
  const exited = new Promise<{ reason: string }>((resolve) => {
    child.on("error", ({ message }) => resolve({ reason: message }));
    child.on("close", () => resolve({ reason: explainLog(output.text, place.directory) }));
  });
  child.stdin.on("error", () => {}); // nobody reads it once Postgres has ended
  exited.then(() => child.stdin.destroy());
  const stop = async () => {
    child.stdin.end();
    await exited;
    await rm(ownerFile, { force: true });
  };

  const failed = await Promise.race([output.ready, exited]);
  if (failed) throw new EmbeddedPostgresFailed(withPort(failed.reason, port));
  const server = `postgres://${superuser}:${password}@127.0.0.1:${port}`;
  try {
    await createDatabase(`${server}/postgres`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { databaseUrl: `${server}/${databaseName}`, pid: child.pid ?? 0, exited, stop };
}

const databaseName = "weir";

const baseParameters = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // their paths may not be longer than 107 bytes; nobody needs one
  max_connections: "80",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  jit: "off",
  huge_pages: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  max_locks_per_transaction: "128", // a query over a day locks every hour's tables and their indexes
};

const unsafeParameters = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

type Guarded = ChildProcessByStdio<Writable, null, Readable>;

/** $@ is the postmaster. Our death closes the pipe, `read` returns, and Postgres is told to stop (SIGINT: fast). */
const guardScript = `
exec 3<&0 </dev/null
"$@" 3<&- &
postmaster=$!
( read -r _ <&3; kill -INT "$postmaster" ) 2>/dev/null &
guard=$!
exec 3<&-
wait "$postmaster"
status=$?
kill "$guard" 2>/dev/null
exit "$status"
`;

function spawnGuarded(
  place: Place,
  account: Account,
  cluster: string,
  parameters: Readonly<Record<string, string>>,
): Guarded {
  const flags = Object.entries(parameters).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postmaster = [programPath(place.binaries, "postgres"), "-D", cluster, ...flags];
  return spawn("/bin/sh", ["-c", guardScript, "weir-postgres-guard", ...postmaster], {
    ...account,
    cwd: "/",
    env: postgresEnvironment,
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
}

/** Keeps the last of what Postgres says, for {@link explainLog}, and notices when it is ready. */
class LogTail {
  readonly ready: Promise<undefined>;
  #lines: string[] = [];

  constructor(stderr: Readable, log: (line: string) => void) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.ready = promise;
    let rest = "";
    stderr.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        log(line);
        if (line.includes("database system is ready to accept connections")) resolve(undefined);
      }
      this.#lines = [...this.#lines, ...lines].slice(-50);
    });
  }

  get text(): string {
    return this.#lines.join("\n");
  }
}

function withPort(reason: string, port: number): string {
  return reason.replace("its port is taken", `port ${port} is taken`);
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const sql = openSql(maintenanceUrl, { applicationName: "weir-start", max: 1 });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${databaseName}`;
    if (found.length === 0) await sql.unsafe(`CREATE DATABASE ${databaseName}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
