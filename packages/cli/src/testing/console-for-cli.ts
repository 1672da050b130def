import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  type AccessLogRecord,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  spanBlockOf,
} from "@weir/store";
import { createTestDatabase, freePort } from "@weir/testkit";
import { repositoryRoot } from "../config.ts";

const consoleModule = join(repositoryRoot, "apps/console/src/server/testing/console-process.ts");

/** A console process on a database of its own, which can go and come back. Close it in `afterAll`. */
export async function consoleForCli() {
  const { databaseUrl, drop } = await createTestDatabase();
  const sql = openSql(databaseUrl, { applicationName: "weir-cli-test" });
  const config = openConfigStore(databaseUrl);
  const caches = createTelemetryCaches();
  const port = await freePort();
  let child: ChildProcess | undefined;
  let digests = 0;

  const start = async () => {
    const elsewhere = `http://127.0.0.1:${await freePort()}`;
    child = spawn(process.execPath, [consoleModule, "now", `${port}`], {
      env: {
        ...{ DATABASE_URL: databaseUrl, LOG_LEVEL: "silent", PATH: process.env.PATH },
        ...{ WEIR_COLLECTOR_URL: elsewhere, WEIR_CONTROLLER_URL: elsewhere },
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await once(child, "message");
  };
  const stop = async () => {
    if (!child || child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    config,
    start,
    stop,
    /** Commits requests of cart to payments, which ended just now. */
    async commit(...requests: Partial<AccessLogRecord>[]) {
      const digest = new Uint8Array(32);
      new DataView(digest.buffer).setUint32(0, ++digests);
      const nothing = { logs: [], edgePoints: [], decisionPoints: [], metricPoints: [] };
      const accessLogs = requests.map(accessLog);
      await commitTelemetry(
        sql,
        { requests: [{ digest, ...nothing, accessLogs, spans: spanBlockOf([]) }] },
        caches,
      );
    },
    async close() {
      await stop();
      await Promise.all([sql.end({ timeout: 1 }), config.close()]);
      await drop();
    },
  };
}

export type ConsoleForCli = Awaited<ReturnType<typeof consoleForCli>>;

function accessLog(over: Partial<AccessLogRecord>): AccessLogRecord {
  return {
    ...{ timeNs: BigInt(Date.now()) * 1_000_000n, reporter: "source", protocol: "http", method: "POST" },
    source: { namespace: "shop", service: "cart", version: "v1" },
    destination: { namespace: "shop", service: "payments", version: "v2" },
    ...{ path: "/pay", status: 200, flag: "", durationNs: 5_000_000n, upstreamNs: 4_000_000n },
    ...{ requestBytes: 10n, responseBytes: 20n, decisions: [] },
    ...over,
  };
}
