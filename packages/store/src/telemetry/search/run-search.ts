import { inTransaction } from "../../connection/in-transaction.ts";
import type { Sql } from "../../connection/open-sql.ts";
import { type HitRow, type SearchPlan, SearchRun } from "./search-run.ts";
import { statementOf } from "./statement-of.ts";

/** A statement that takes longer was given too much to do. */
const patienceMs = 120;
/** From then on a statement may take what it takes: it is not its size that makes it slow. */
const mostGivenUp = 4;

/** Runs a search to its end: it has found what was wanted, has gone through all there is, or has used up its time. */
export async function runSearch(sql: Sql, plan: SearchPlan, clock: () => number): Promise<SearchRun> {
  const run = new SearchRun(plan);
  let givenUp = 0;
  while (!run.isDone) {
    let step = run.step;
    let beganMs = clock();
    const isPatient = givenUp >= mostGivenUp;
    try {
      await inTransaction(sql, async (transaction) => {
        beganMs = clock();
        await transaction`SELECT set_config('enable_seqscan', 'off', true),
          set_config('max_parallel_workers_per_gather', '0', true),
          set_config('plan_cache_mode', 'force_custom_plan', true),
          set_config('statement_timeout', ${isPatient ? "0" : String(patienceMs)}, true)`;
        const tripMs = clock() - beganMs;
        for (; !run.isDone; step = run.step) {
          beganMs = clock();
          const rows = await transaction<
            HitRow[]
          >`${statementOf(transaction, plan, step, run.filterOf(step))}`;
          run.take(step, rows, clock() - beganMs, tripMs);
        }
      });
    } catch (error) {
      if (isPatient || !isCancelled(error)) throw error;
      run.giveUp(step, clock() - beganMs);
      givenUp++;
    }
  }
  return run;
}

/** Postgres: query_canceled, here by its own statement_timeout. */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "57014";
}
