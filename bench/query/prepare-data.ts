import type { Sql } from "@weir/store";
import { loadDecisions } from "./load-decisions.ts";
import { loadEdges } from "./load-edges.ts";
import { loadSpans, wholeLoad } from "./load-spans.ts";
import type { LoadedData } from "./loaded-data.ts";

const hourMs = 3_600_000;

/** Fills an empty database, as far as the clock's last full hour, and leaves it as if it had been in use for long. */
export async function prepareData(
  sql: Sql,
  size: Omit<LoadedData, "untilMs">,
  nowMs: number,
  say: (line: string) => void,
): Promise<LoadedData> {
  const untilMs = Math.floor(nowMs / hourMs) * hourMs;
  const startedAt = performance.now();
  const done = (what: string) =>
    say(`  ${what}, ${((performance.now() - startedAt) / 1000).toFixed(0)} s so far`);
  const { traces, services } = size;
  await loadSpans(sql, { ...wholeLoad, traces, services, untilMs }, (hours) => {
    if (hours % 6 === 0) done(`traces of ${hours} hours`);
  });
  await loadEdges(sql, { ...size, untilMs }, (table) => done(table));
  await loadDecisions(sql, { ...size, untilMs });
  await sql`VACUUM ANALYZE`; // as autovacuum would have done by then
  await sql`CHECKPOINT`;
  done("vacuumed");
  return { ...size, untilMs };
}
