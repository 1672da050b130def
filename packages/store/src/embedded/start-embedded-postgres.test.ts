import { execFileSync, fork, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, waitFor } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres.ts";

/** A data directory of a run that ended well: copied, since making one takes a second. */
let template: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "weir-embedded-template-"));
  await chmod(template, 0o755);
  await (await startEmbeddedPostgres({ dataDir: template, port: await freePort(), durable: false })).stop();
});
afterAll(() => rm(template, { recursive: true }));
const copyTemplate = () => execFileSync("cp", ["-a", template, dataDir]);

let directory: string;
let dataDir: string;
let sharedDirs: string[];
let running: EmbeddedPostgres[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir embedded "));
  await chmod(directory, 0o755);
  dataDir = join(directory, "data dir");
  sharedDirs = [join(directory, "shared")];
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  await rm(directory, { recursive: true, force: true });
});

async function start(change: { dataDir?: string; port?: number } = {}): Promise<EmbeddedPostgres> {
  const port = change.port ?? (await freePort());
  const postgres = await startEmbeddedPostgres({
    ...{
      dataDir,
      sharedDirs,
      port,
      durable: false,
      parameters: { max_connections: "10", synchronous_commit: "on" },
    },
    ...change,
  });
  running.push(postgres);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const sql = openSql(postgres.databaseUrl, { applicationName: "test", max: 1 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const postmasterOf = async (cluster: string) =>
  Number.parseInt(await readFile(join(cluster, "postmaster.pid"), "utf8"), 10);
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("starts in a path with spaces, keeps its data over a restart, and leaves no process", async () => {
  const first = await start();
  await query(first, "CREATE TABLE kept AS SELECT 1 AS n");
  const pid = await postmasterOf(join(dataDir, "cluster"));
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  const second = await start();
  expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
});

test("asks for the password that only its owner can read", async () => {
  copyTemplate();
  const postgres = await start();
  expect((await stat(join(dataDir, "password"))).mode & 0o777).toBe(0o600);
  const url = new URL(postgres.databaseUrl);
  url.password = "guess";
  await expect(query({ ...postgres, databaseUrl: url.href }, "SELECT 1")).rejects.toThrow(/password/);
});

describe("after an earlier run that did not end well", () => {
  test("a half-made cluster is made anew", async () => {
    await mkdir(join(dataDir, "cluster.999999999.unfinished"), { recursive: true });
    await writeFile(join(dataDir, "cluster.999999999.unfinished", "PG_VERSION"), "18\n");
    await mkdir(join(dataDir, "cluster"));
    expect(await query(await start(), "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    expect(await readdir(dataDir)).not.toContain("cluster.999999999.unfinished");
  });

  test("a lock file without a process is removed", async () => {
    copyTemplate();
    const first = await start();
    await query(first, "CREATE TABLE kept AS SELECT 1 AS n");
    const cluster = join(dataDir, "cluster");
    process.kill(await postmasterOf(cluster), "SIGKILL");
    const { reason } = await first.exited;
    expect(reason).not.toBe("");
    expect(existsSync(join(cluster, "postmaster.pid"))).toBe(true);
    expect(await query(await start(), "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  test("a postmaster whose guard was killed is stopped, and its data taken over", async () => {
    copyTemplate();
    const first = await start();
    await query(first, "CREATE TABLE kept AS SELECT 1 AS n");
    const orphan = await postmasterOf(join(dataDir, "cluster"));
    process.kill(first.pid, "SIGKILL");
    await waitFor(() => parentOf(orphan) !== first.pid, { what: "the postmaster to be an orphan" });
    const second = await start();
    await waitFor(() => !isAlive(orphan), { what: "the orphan to end" });
    expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  test("a killed owner takes its Postgres along", async () => {
    copyTemplate();
    const script = join(directory, "owner.mjs");
    const store = join(import.meta.dirname, "start-embedded-postgres.ts");
    const settings = { dataDir, sharedDirs, port: await freePort(), durable: false };
    await writeFile(
      script,
      `const { startEmbeddedPostgres } = await import(${JSON.stringify(store)});
       await startEmbeddedPostgres(${JSON.stringify(settings)});
       process.send("started");`,
    );
    const owner = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    await new Promise((resolve) => owner.once("message", resolve));
    const postmaster = await postmasterOf(join(dataDir, "cluster"));
    owner.kill("SIGKILL");
    await waitFor(() => !isAlive(postmaster), { what: "the postmaster to end" });
    expect(await query(await start(), "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  });
});

describe("cannot start, and says why in a sentence:", () => {
  test("its port is taken", async () => {
    copyTemplate();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(start({ port })).rejects.toMatchObject({
      code: "EMBEDDED_POSTGRES_FAILED",
      message: `the embedded Postgres cannot start: port ${port} is taken by another program`,
    });
    server.close();
  });

  test("another one uses its data", async () => {
    copyTemplate();
    await start();
    await expect(start()).rejects.toThrow(
      new RegExp(`in use by another running Weir \\(process ${process.pid}\\)`),
    );
  });

  test("its data is of another version", async () => {
    copyTemplate();
    await writeFile(join(dataDir, "cluster", "PG_VERSION"), "13\n");
    await expect(start()).rejects.toThrow(/was made by Postgres 13 and this is 18/);
  });

  test("its password is gone", async () => {
    copyTemplate();
    await rm(join(dataDir, "password"));
    await expect(start()).rejects.toThrow(/password of its database is missing/);
  });

  test.runIf(process.getuid?.() === 0 && canMount())("its disk is full", async () => {
    await mkdir(dataDir);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", dataDir]);
    try {
      await expect(start()).rejects.toThrow(/the disk that holds .* is full/);
      expect(await readdir(dataDir)).toEqual(["password"]);
    } finally {
      execFileSync("umount", [dataDir]);
    }
  });
});

describe.runIf(process.getuid?.() === 0)(
  "as root, in a directory that the user postgres cannot enter",
  () => {
    beforeEach(() => mkdir(join(directory, "home"), { mode: 0o700 }));

    test("keeps the cluster elsewhere, finds it again, and changes nobody's permissions", async () => {
      const hidden = join(directory, "home", "weir", ".weir");
      const first = await start({ dataDir: hidden });
      await query(first, "CREATE TABLE kept AS SELECT 1 AS n");
      await first.stop();
      const place = (await readFile(join(hidden, "cluster-is-in"), "utf8")).trim();
      expect(place.startsWith(join(directory, "shared"))).toBe(true);
      expect((await stat(join(directory, "home"))).mode & 0o777).toBe(0o700);
      expect(await query(await start({ dataDir: hidden }), "SELECT n FROM kept")).toEqual([{ n: 1 }]);
    });

    test("removing the data directory removes the data with the next start", async () => {
      const hidden = join(directory, "home", "weir");
      const first = await start({ dataDir: hidden });
      await query(first, "CREATE TABLE gone AS SELECT 1 AS n");
      await first.stop();
      await rm(hidden, { recursive: true });
      const second = await start({ dataDir: hidden });
      expect(await query(second, "SELECT to_regclass('gone') AS gone")).toEqual([{ gone: null }]);
      const kept = (await readdir(join(directory, "shared"))).filter((name) =>
        name.startsWith("postgres-data-"),
      );
      expect(kept).toHaveLength(1);
    });
  },
);

function parentOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
}

function canMount(): boolean {
  return spawnSync("unshare", ["--mount", "true"], { stdio: "ignore" }).status === 0;
}
