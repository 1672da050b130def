import { open } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SpoolUnavailable } from "./spool-errors.ts";

/** SQLite, result codes: SQLITE_BUSY. */
const busy = 5;

/**
 * Keeps a directory to one process, by a lock that the system itself gives back however the process ends: no id of a
 * process is written down that could be somebody else's by now, or of another container. Node has no call for such locks
 * but SQLite has; the database stays empty. Throws {@link SpoolUnavailable} when somebody else holds it.
 */
export async function lockDirectory(directory: string): Promise<{ release(): void }> {
  const path = join(directory, "lock");
  await createPrivately(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    const held = cause instanceof Error && "errcode" in cause && cause.errcode === busy;
    if (held) throw new SpoolUnavailable(directory, "another process uses it", { cause });
    throw cause;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

/**
 * SQLite would make it readable for everybody. One that exists is not even opened: POSIX gives all locks of a process on
 * a file back when the process closes any descriptor of it.
 */
async function createPrivately(path: string): Promise<void> {
  try {
    await (await open(path, "wx", 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
