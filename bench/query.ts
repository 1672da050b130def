import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ask } from "./query/ask.ts";
import { loadOnce } from "./query/load-once.ts";
import { readQueryOptions } from "./query/options.ts";
import { questionsOf } from "./query/questions.ts";
import { type Asked, printAsked, printHeadings, report } from "./query/report.ts";
import { readSamples } from "./query/samples.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { type Database, startDatabase } from "./shared/start-database.ts";

/** How long the console's questions take over a store that has long been in use. Linux only (it reads /proc). */
const options = readQueryOptions(process.argv.slice(2));
const dir =
  options.keep === undefined ? mkdtempSync(join(tmpdir(), "weir-bench-query-")) : resolve(options.keep);
let database: Database | undefined;
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  database = await startDatabase(join(dir, "postgres"));
  const { sql } = database;
  const data = await loadOnce(sql, dir, options.size);
  const questions = questionsOf(sql, await readSamples(sql, data));
  const asked: Asked[] = [];
  printHeadings();
  const { share } = await withMachineShare(async () => {
    for (const question of questions.filter(({ name }) => name.includes(options.only))) {
      const answered = await ask(question, options.runs).catch((error: Error) => error);
      asked.push({ question, answered });
      printAsked({ question, answered });
    }
  });
  process.exitCode = report(asked, data, share) ? 0 : 1;
} finally {
  await database?.stop();
  if (options.keep === undefined) rmSync(dir, { recursive: true, force: true });
}
