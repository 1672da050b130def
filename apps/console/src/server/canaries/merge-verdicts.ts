import { Mode } from "@weir/domain";
import type { PolicyDecisions } from "@weir/store";

interface VerdictRow {
  readonly verdict: string;
  readonly mode: Mode;
  evaluated: number;
  wouldAct: number;
  acted: number;
}

/** One row a verdict and mode, whatever the revision, the most frequent first. */
export function mergeVerdicts(verdicts: PolicyDecisions["verdicts"]): VerdictRow[] {
  const rows = new Map<string, VerdictRow>();
  for (const { verdict, mode, evaluated, wouldAct, acted } of verdicts) {
    const key = `${verdict} ${mode}`;
    const row = rows.get(key) ?? { verdict, mode: Mode.parse(mode), evaluated: 0, wouldAct: 0, acted: 0 };
    row.evaluated += evaluated;
    row.wouldAct += wouldAct;
    row.acted += acted;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.evaluated - a.evaluated);
}
