import { quantile } from "../shared/quantile.ts";
import type { Answered, Question } from "./question.ts";

/** A question that never finds anything is answered quickly, and measures nothing. */
class NothingFound extends Error {
  readonly code = "nothing-found";
}

/** First asked, a question brings its tables into memory and its code into being. */
const runsBefore = 3;

/** Asks one question `runs` times, one after the other. Throws when nothing is ever found. */
export async function ask({ name, mayFindNothing, ask: askOnce }: Question, runs: number): Promise<Answered> {
  const ms: number[] = [];
  let found = 0;
  for (let run = -runsBefore; run < runs; run++) {
    const startedAt = performance.now();
    const count = await askOnce(run + runsBefore);
    if (run < 0) continue;
    ms.push(performance.now() - startedAt);
    found += count;
  }
  if (found === 0 && !mayFindNothing) throw new NothingFound(`"${name}" found nothing`);
  return {
    p50Ms: quantile(ms, 0.5),
    p95Ms: quantile(ms, 0.95),
    mostMs: Math.max(...ms),
    found: found / runs,
  };
}
