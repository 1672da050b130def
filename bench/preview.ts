import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drafts } from "./preview/drafts.ts";
import { fillRequests } from "./preview/fill-requests.ts";
import { registerPayments } from "./preview/register-payments.ts";
import { type Replayed, replayDraft } from "./preview/replay-draft.ts";
import { Children, nextMessage } from "./shared/children.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { cpuSeconds } from "./shared/process-usage.ts";
import { quantile } from "./shared/quantile.ts";
import { readOptionsOrExit, wholeNumber } from "./shared/read-options.ts";
import { resultLine } from "./shared/result-line.ts";
import { type Database, startDatabase } from "./shared/start-database.ts";
import { atMost, printTargets } from "./shared/targets.ts";

const usage = `How long the preview of a policy takes over what an access log holds, asked of a console as its page asks.

npm run bench -- preview [--requests N] [--runs N]

  --requests N   stored, over an hour (1,000,000)
  --runs N       of each policy (5)

Ends with 1 when a preview takes longer than two seconds, or says nothing for 300 ms.`;

/** How long the preview of one policy takes over a million stored requests. Linux only (it reads /proc). */
const options = readOptionsOrExit("preview", usage, () => {
  const text = (otherwise: string) => ({ type: "string", default: otherwise }) as const;
  const { values } = parseArgs({
    options: {
      requests: text("1,000,000"),
      runs: text("5"),
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    requests: wholeNumber("--requests", values.requests, 1_000),
    runs: wholeNumber("--runs", values.runs, 1),
  };
});

interface Row {
  readonly name: string;
  readonly ms: number;
  readonly worstMs: number;
  readonly firstMs: number;
  /** Of the console and of the database, a preview. */
  readonly cpuMs: number;
  readonly requests: number;
  readonly covered: number;
}

const dir = mkdtempSync(join(tmpdir(), "weir-bench-preview-"));
const children = new Children(dir);
let database: Database | undefined;
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  database = await startDatabase(join(dir, "postgres"));
  const { databaseUrl, pid, sql } = database;
  const untilMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  await registerPayments(databaseUrl);
  await fillRequests(sql, options.requests, untilMs);
  const module = join(import.meta.dirname, "../apps/console/src/server/testing/console-process.ts");
  const child = children.spawn(process.execPath, [module, `${untilMs}`], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, LOG_LEVEL: "warn" },
  });
  const port = await nextMessage<number>(child);
  const usedSeconds = () => cpuSeconds(pid) + cpuSeconds(child.pid ?? 0);
  const { result: rows, share } = await withMachineShare(async () => {
    const measured: Row[] = [];
    for (const { name, text } of drafts) {
      await replayDraft(port, text); // the first one reads the log into memory
      const before = usedSeconds();
      const runs: Replayed[] = [];
      for (let run = 0; run < options.runs; run++) runs.push(await replayDraft(port, text));
      measured.push(rowOf(name, runs, (usedSeconds() - before) / options.runs));
      printRow(measured.at(-1)!);
    }
    return measured;
  });
  console.log(`other programs took ${(share.others * 100).toFixed(0)} % of the machine's cores meanwhile`);
  const targets = rows.flatMap(({ name, ms, firstMs, covered }) => [
    atMost(`${name.split(":")[0]}, ms for all of it`, covered < 1 ? Number.POSITIVE_INFINITY : ms, 2_000),
    atMost(`${name.split(":")[0]}, ms until something is told`, firstMs, 300),
  ]);
  printTargets(targets);
  console.log(resultLine("preview", { ...options, share, rows }));
  process.exitCode = targets.every(({ met }) => met) ? 0 : 1;
} finally {
  await children.stopAll();
  await database?.stop();
  rmSync(dir, { recursive: true, force: true });
}

function rowOf(name: string, runs: readonly Replayed[], cpuS: number): Row {
  const ms = runs.map((run) => run.ms);
  return {
    ...{ name, ms: quantile(ms, 0.5), worstMs: Math.max(...ms), cpuMs: cpuS * 1000 },
    firstMs: Math.max(...runs.map((run) => run.firstMs)),
    requests: Math.min(...runs.map((run) => run.requests)),
    covered: Math.min(...runs.map((run) => run.covered)),
  };
}

function printRow({ name, ms, worstMs, firstMs, cpuMs, requests, covered }: Row): void {
  const figures = [ms, worstMs, firstMs, cpuMs]
    .map((value) => `${value.toFixed(0)} ms`.padStart(10))
    .join("");
  console.log(
    `${name.padEnd(42)}${figures}${`${requests}`.padStart(10)}${`${(covered * 100).toFixed(0)} %`.padStart(7)}`,
  );
}
