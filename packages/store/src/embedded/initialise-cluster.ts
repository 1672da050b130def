import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { programPath } from "./binaries.ts";
import { EmbeddedPostgresFailed } from "./embedded-postgres-failed.ts";
import { explainLog } from "./explain-log.ts";
import { makePrivateDirectory, type Place } from "./place.ts";
import { postgresEnvironment } from "./postgres-environment.ts";
import { isAlive } from "./process-table.ts";

export const superuser = "weir";

/**
 * Makes the data directory once and gives back its path and the superuser's password. It is made under another
 * name and renamed when complete: an attempt that was killed half way is never taken for a cluster.
 */
export async function initialiseCluster(
  place: Place,
  account: Account,
  flags: readonly string[] = [],
): Promise<{ cluster: string; password: string }> {
  const cluster = join(place.directory, "cluster");
  const passwordFile = join(place.directory, "password");
  await removeUnfinished(place.directory);
  if (existsSync(join(cluster, "PG_VERSION"))) return { cluster, password: await readPassword(passwordFile) };

  const password = randomBytes(18).toString("base64url");
  const unfinished = join(place.directory, `cluster.${process.pid}.unfinished`);
  const passwordForInitdb = join(place.directory, `password.${process.pid}.unfinished`);
  try {
    await writeFile(passwordForInitdb, `${password}\n`, { mode: 0o600 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await chmod(passwordFile, 0o600);
    if (account.uid !== undefined && account.gid !== undefined)
      await chown(passwordForInitdb, account.uid, account.gid);
    await makePrivateDirectory(unfinished, account);
    await runInitdb(place, account, [
      `--pgdata=${unfinished}`,
      `--pwfile=${passwordForInitdb}`,
      `--username=${superuser}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--no-locale", // the same order of texts on every machine
      ...flags,
    ]);
    await rm(cluster, { recursive: true, force: true });
    await rename(unfinished, cluster);
  } finally {
    await rm(passwordForInitdb, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
  return { cluster, password };
}

async function readPassword(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new EmbeddedPostgresFailed(
      `the password of its database is missing; bring ${file} back, or remove its folder to start with an empty one`,
      { cause },
    );
  });
  return text.trim();
}

/** `cluster.<pid>.unfinished` of processes that are gone. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /^(?:cluster|password)\.(\d+)\.unfinished$/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid))))
      await rm(join(directory, name), { recursive: true, force: true });
  }
}

function runInitdb(place: Place, account: Account, args: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(programPath(place.binaries, "initdb"), args, {
    ...account,
    cwd: "/",
    env: postgresEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.on("error", (cause) => reject(new EmbeddedPostgresFailed(cause.message, { cause })));
  child.on("close", (status) =>
    status === 0 ? resolve() : reject(new EmbeddedPostgresFailed(explainLog(output, place.directory))),
  );
  return promise;
}
