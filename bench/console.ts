import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { channels, type Sql } from "@weir/store";
import { measure } from "./console/measure.ts";
import { readConsoleOptions } from "./console/options.ts";
import { proceduresOf } from "./console/procedures.ts";
import { type Compared, printCompared, printHeadings, report, type Views } from "./console/report.ts";
import { loadOnce } from "./query/load-once.ts";
import { readSamples } from "./query/samples.ts";
import { Children, nextMessage } from "./shared/children.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { type Database, startDatabase } from "./shared/start-database.ts";

/** How long the console's procedures take, alone and beside pages that follow what happens. Linux only (it reads /proc). */
const options = readConsoleOptions(process.argv.slice(2));
const dir =
  options.keep === undefined ? mkdtempSync(join(tmpdir(), "weir-bench-console-")) : resolve(options.keep);
const children = new Children(options.keep === undefined ? dir : "");
let database: Database | undefined;
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  database = await startDatabase(join(dir, "postgres"));
  const { sql } = database;
  const data = await loadOnce(sql, dir, options.size);
  const samples = await readSamples(sql, data);
  const port = await startConsoleProcess(database.databaseUrl, samples.window(1, 0).toMs);
  const procedures = proceduresOf(samples);
  printHeadings(options.views);
  const { result, share } = await withMachineShare(async () => {
    const alone = [];
    for (const procedure of procedures) alone.push(await measure(port, procedure, options.runs));
    const views = await startViews(port, sql);
    const startedAt = performance.now();
    const compared: Compared[] = [];
    for (const [i, { name }] of procedures.entries()) {
      const [procedure, before] = [procedures[i], alone[i]];
      if (!procedure || !before) continue;
      compared.push({ name, alone: before, beside: await measure(port, procedure, options.runs) });
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return { compared, views: { count: options.views, seconds, ...(await views.stop()) } };
  });
  for (const compared of result.compared) printCompared(compared);
  process.exitCode = report(result.compared, result.views, data, share) ? 0 : 1;
} finally {
  await children.stopAll();
  await database?.stop();
  if (options.keep === undefined) rmSync(dir, { recursive: true, force: true });
}

async function startConsoleProcess(databaseUrl: string, nowMs: number): Promise<number> {
  const module = join(import.meta.dirname, "../apps/console/src/server/testing/console-process.ts");
  const child = children.spawn(process.execPath, [module, `${nowMs}`], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, LOG_LEVEL: "warn" },
  });
  return nextMessage<number>(child);
}

/** All follow from when this returns. Telemetry is told of twice a second, as often as a collector commits. */
async function startViews(port: number, sql: Sql) {
  const child = children.fork(new URL("./console/live-views-process.ts", import.meta.url), [
    `${port}`,
    `${options.views}`,
  ]);
  const telling = setInterval(() => void sql.notify(channels.telemetry, ""), 500);
  const counted = () => {
    child.send("how many");
    return nextMessage<Views>(child);
  };
  while ((await counted()).notices < options.views * 2) await pause(100);
  const before = await counted();
  return {
    async stop(): Promise<Views> {
      const after = await counted();
      clearInterval(telling);
      await children.stop(child);
      return {
        notices: after.notices - before.notices,
        reads: after.reads - before.reads,
        failures: after.failures,
        bytes: after.bytes - before.bytes,
      };
    },
  };
}
