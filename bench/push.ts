import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openConfigStore } from "@weir/store";
import { freePort } from "@weir/testkit/sockets";
import { serverFlags } from "../packages/cli/src/start/node-flags.ts";
import { moveWeights, putPolicies } from "./push/changes.ts";
import { compileTime, meanCompileMs } from "./push/compile-time.ts";
import { holdAndRelease } from "./push/holds.ts";
import { readPushOptions } from "./push/options.ts";
import { Watch } from "./push/watch.ts";
import { awaitReady } from "./shared/await-ready.ts";
import { Children, nextMessage } from "./shared/children.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { peakResidentMb, residentMb } from "./shared/process-usage.ts";
import { quantile } from "./shared/quantile.ts";
import { resultLine } from "./shared/result-line.ts";
import { startDatabase } from "./shared/start-database.ts";

/** How fast a change reaches every sidecar of one controller, by the real protocol. Linux only (it reads /proc). */
const options = readPushOptions(process.argv.slice(2));
const wantedMs = 1_000;
const wantedMb = 400;
const wantedCompile = { allMs: 2_000, oneMs: 50 };
const dir = mkdtempSync(join(tmpdir(), "weir-bench-push-"));
const children = new Children(dir);
const database = await startDatabase(join(dir, "postgres"));
const store = openConfigStore(database.databaseUrl);
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const port = await freePort();
  const controller = children.spawn(
    process.execPath,
    [...serverFlags, join(import.meta.dirname, "../apps/controller/src/main.ts")],
    {
      env: {
        ...process.env,
        DATABASE_URL: database.databaseUrl,
        WEIR_CONTROLLER_LISTEN: `127.0.0.1:${port}`,
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
      },
    },
  );
  await awaitReady(controller, port);
  const sidecars = children.fork(new URL("./push/sidecars-process.ts", import.meta.url), [
    ...[port, options.sidecars, options.services].map(String),
  ]);
  while ((await nextMessage<unknown>(sidecars)) !== "connected");
  const watched = new Watch(sidecars, options.sidecars);
  // Sidecars are connected before all of them are registered.
  while ((await store.liveEndpoints()).length < options.sidecars) await pause(200);
  await watched.quiet();

  const { result, share } = await withMachineShare(async () => {
    const few = await moveWeights(store, watched, options.changes);
    const holds = await holdAndRelease(store, watched, Math.min(options.changes, 20));
    const memoryMb = residentMb(controller.pid ?? 0);
    const beforeAll = await compileTime(port);
    await watched.after(() => putPolicies(database.sql, store, options.policies, options.services));
    await watched.quiet();
    const beforeOne = await compileTime(port);
    const many = await moveWeights(store, watched, Math.min(options.changes, 20));
    const compile = {
      allMs: meanCompileMs(beforeAll, beforeOne),
      oneMs: meanCompileMs(beforeOne, await compileTime(port)),
    };
    return { few, holds, many, compile, memoryMb, peakMb: peakResidentMb(controller.pid ?? 0) };
  });
  print(
    "a change of weights, until the last of all has acknowledged it",
    result.few.map(({ all }) => all),
  );
  print(
    "until the first has",
    result.few.map(({ first }) => first),
  );
  print(
    "a hold of the whole mesh, until the last of all has acknowledged it",
    result.holds.map(({ all }) => all),
  );
  print(
    `beside ${options.policies} policies, until the last has`,
    result.many.map(({ all }) => all),
  );
  print(
    "until the first has",
    result.many.map(({ first }) => first),
  );
  const { allMs, oneMs } = result.compile;
  console.log(
    `${options.policies} policies compiled in ${allMs.toFixed(0)} ms, one change of them in ${oneMs.toFixed(0)}`,
  );
  console.log(
    `controller ${result.memoryMb.toFixed(0)} MB, at its most ${result.peakMb.toFixed(0)} (beside ${options.policies} policies)`,
  );
  console.log(`other programs took ${(100 * share.others).toFixed(0)} % of the machine`);
  const p99 = quantile(
    result.few.map(({ all }) => all),
    0.99,
  );
  const holdP99 = quantile(
    result.holds.map(({ all }) => all),
    0.99,
  );
  const isCompiled = allMs < wantedCompile.allMs && oneMs < wantedCompile.oneMs;
  const met = p99 < wantedMs && holdP99 < wantedMs && result.memoryMb < wantedMb && isCompiled;
  console.log(resultLine("push", { ...options, ...result, share, p99, holdP99, met }));
  process.exitCode = met ? 0 : 1;
} finally {
  await children.stopAll();
  await store.close();
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}

function print(what: string, took: readonly number[]): void {
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  console.log(
    `${what.padEnd(72)} p50 ${p50.toFixed(0).padStart(6)} ms  p99 ${p99.toFixed(0).padStart(6)} ms`,
  );
}
