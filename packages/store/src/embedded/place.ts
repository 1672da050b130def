import { randomBytes } from "node:crypto";
import {
  chmod,
  cp,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, canEnter, canRun } from "./account.ts";
import { type Binaries, programPath } from "./binaries.ts";

/** Where things of one embedded Postgres are. All of it belongs to us, nothing around it is touched. */
export interface Place {
  /** Holds `cluster` (Postgres' data directory) and `password`. */
  readonly directory: string;
  readonly binaries: Binaries;
}

export interface PlaceSettings {
  readonly dataDir: string;
  readonly account: Account;
  readonly binaries: Binaries;
  /** Tried in order for what `account` cannot reach where it is. */
  readonly sharedDirs?: readonly string[];
  readonly log: (line: string) => void;
}

/** In `dataDir`: names the directory that holds the cluster instead. */
const pointerFile = "cluster-is-in";
/** In that directory: names the `dataDir` it belongs to. */
const ownerFile = "belongs-to";

/**
 * The cluster lives in `dataDir`, unless we are root and `postgres` cannot get there (it may not pass /root, say).
 * Opening somebody's home for it is not ours to do, so cluster and programs then go under /var/lib/weir, and
 * `dataDir` keeps a note of where. See docs/adr/0003.
 */
export async function preparePlace(settings: PlaceSettings): Promise<Place> {
  const { dataDir, account, log } = settings;
  await mkdir(dataDir, { recursive: true });
  const binaries = canRun(account, programPath(settings.binaries, "postgres"))
    ? settings.binaries
    : await copyBinaries(settings);
  const noted = await readFile(join(dataDir, pointerFile), "utf8").then(
    (text) => text.trim(),
    () => undefined,
  );
  if (noted !== undefined) {
    await mkdir(noted, { recursive: true });
    return { directory: noted, binaries };
  }
  if (canEnter(account, dataDir)) return { directory: dataDir, binaries };
  const directory = await moveOut(settings);
  log(`the user postgres cannot reach ${dataDir}, so the database is kept in ${directory}`);
  return { directory, binaries };
}

async function moveOut(settings: PlaceSettings): Promise<string> {
  const shared = await sharedDirectory(settings);
  await removeAbandoned(shared, settings.dataDir);
  const directory = join(shared, `postgres-data-${randomBytes(6).toString("hex")}`);
  await mkdir(directory);
  await writeFile(join(directory, ownerFile), `${settings.dataDir}\n`);
  await writeFile(join(settings.dataDir, pointerFile), `${directory}\n`);
  return directory;
}

/** Whoever removes a data directory wants its database gone; what is left of it here would never be found again. */
async function removeAbandoned(shared: string, dataDir: string): Promise<void> {
  for (const name of await readdir(shared)) {
    if (!name.startsWith("postgres-data-")) continue;
    const owner = await readFile(join(shared, name, ownerFile), "utf8").catch(() => "");
    if (owner.trim() === dataDir) await rm(join(shared, name), { recursive: true, force: true });
  }
}

async function copyBinaries(settings: PlaceSettings): Promise<Binaries> {
  const { account, binaries } = settings;
  const shared = await sharedDirectory(settings);
  const copy = { ...binaries, root: join(shared, `postgres-${binaries.release}`) };
  if (canRun(account, programPath(copy, "postgres"))) return copy;
  const unfinished = await mkdtemp(join(shared, "copying-"));
  await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
  await makeReadable(unfinished);
  await rm(copy.root, { recursive: true, force: true });
  await rename(unfinished, copy.root);
  return copy;
}

/** The umask of whoever installed the packages must not decide whether Postgres can read its own files. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

async function sharedDirectory({ account, sharedDirs, log }: PlaceSettings): Promise<string> {
  for (const directory of sharedDirs ?? ["/var/lib/weir"]) {
    try {
      await mkdir(directory, { recursive: true, mode: 0o755 });
      if (canEnter(account, directory)) return directory;
    } catch {
      // Read-only, say: the next one.
    }
  }
  const directory = await mkdtemp(join(tmpdir(), "weir-"));
  await chmod(directory, 0o755);
  log(`/var/lib/weir cannot be used; the database is kept in ${directory}, which may not survive a reboot`);
  return directory;
}

/** Makes an empty directory for `account` alone (mode 0700), as Postgres demands of its data directory. */
export async function makePrivateDirectory(directory: string, account: Account): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined)
    await lchown(directory, account.uid, account.gid);
}
