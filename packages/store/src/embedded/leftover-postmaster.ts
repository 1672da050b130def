import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedPostgresFailed } from "./embedded-postgres-failed.ts";
import { isAlive, isPostmasterOf, parentOf } from "./process-table.ts";

const stopMs = 30_000;

/**
 * Clears the way for a new postmaster: one that an earlier run left behind (killed before it could stop it) is
 * stopped, a lock file without a process removed. One that a running Weir still holds is refused.
 *
 * @param ownerFile names the process that started the last postmaster, which runs it below a guarding shell.
 */
export async function clearLeftover(cluster: string, ownerFile: string): Promise<void> {
  const lockFile = join(cluster, "postmaster.pid");
  const pid = await readNumber(lockFile);
  if (pid === undefined) return;
  const directory = await realpath(cluster);
  if (!isPostmasterOf(pid, directory)) {
    await rm(lockFile, { force: true });
    return;
  }
  const owner = await readNumber(ownerFile);
  if (owner !== undefined && isHeldBy(pid, owner))
    throw new EmbeddedPostgresFailed(
      `its data in ${cluster} is in use by another running Weir (process ${owner}); stop that one or choose another --data-dir`,
    );
  await stop(pid, directory);
}

/** Is the owner alive, and still the one above the guarding shell? (Its number alone may have been given anew.) */
function isHeldBy(postmaster: number, owner: number): boolean {
  if (!isAlive(owner)) return false;
  const guard = parentOf(postmaster);
  const above = guard === undefined ? undefined : parentOf(guard);
  return above === undefined ? guard === undefined : above === owner;
}

async function stop(pid: number, cluster: string): Promise<void> {
  const until = Date.now() + stopMs;
  process.kill(pid, "SIGINT"); // Postgres: fast shutdown
  // Not "is there such a process": one that has ended may stay in the table until somebody asks for its status.
  while (isPostmasterOf(pid, cluster)) {
    if (Date.now() > until)
      throw new EmbeddedPostgresFailed(
        `a Postgres left over from an earlier run (process ${pid}) does not stop; end it, then start again`,
      );
    await pause(50);
  }
  await rm(join(cluster, "postmaster.pid"), { force: true });
}

async function readNumber(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  return Number.parseInt(text, 10) || undefined;
}
