import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../lock/make-folder.mjs";
import { acquireLock, LockHeld } from "../lock/process-lock.mjs";
import { diskFull, StartError, saysDiskFull } from "../supervise/start-error.ts";

/** Where one start keeps everything. */
export interface DataDir {
  readonly path: string;
  readonly logs: string;
  /** What lasts as long as the start: the lock, ports, sidecar files. */
  readonly run: string;
  readonly postgres: string;
  readonly cache: string;
  /** The collector's, which makes it: telemetry that the database could not take yet. */
  readonly spool: string;
  /** The shop's own data. */
  readonly shop: string;
}

const leastFreeBytes = 500 * 1024 * 1024;

export function dataDirAt(path: string): DataDir {
  const inside = (name: string) => join(path, name);
  return {
    path,
    logs: inside("logs"),
    run: inside("run"),
    postgres: inside("postgres"),
    cache: inside("cache"),
    spool: inside("spool"),
    shop: inside("shop"),
  };
}

/**
 * Makes the folders and takes the lock; throws {@link StartError} when it is not writable, has no room or belongs
 * to a start that runs.
 */
export function claimDataDir(dataDir: DataDir, freeBytes: (path: string) => number = freeBytesOf) {
  const { path } = dataDir;
  try {
    for (const folder of [path, dataDir.logs, dataDir.run, dataDir.cache, dataDir.shop]) makeFolder(folder);
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw notWritable(path, error);
  }
  const free = freeBytes(path);
  if (free < leastFreeBytes)
    throw new StartError(
      "DISK_SPACE",
      `the disk that holds ${path} has ${megabytes(free)} MB left, and Weir needs ${megabytes(leastFreeBytes)}; free some space there, or choose another place with -- --data-dir DIR`,
    );
  return lock(dataDir);
}

function lock(dataDir: DataDir) {
  try {
    return acquireLock(join(dataDir.run, "lock"));
  } catch (error) {
    if (!(error instanceof LockHeld)) throw notWritable(dataDir.run, error);
    throw new StartError(
      "ALREADY_RUNNING",
      `process ${error.owner.pid} is running Weir on ${dataDir.path} already; stop it, or start another one beside it with -- --port 3100 --data-dir DIR`,
      { cause: error },
    );
  }
}

function notWritable(path: string, error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  if (saysDiskFull(reason)) return diskFull(path, error);
  const what = statSync(path, { throwIfNoEntry: false })?.isFile() ? "it is a file" : reason;
  return new StartError(
    "DATA_DIR",
    `cannot keep data in ${path}: ${what}; choose another place with -- --data-dir DIR`,
    { cause: error },
  );
}

function freeBytesOf(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
