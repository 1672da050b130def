import type { Compared, Evidence } from "../analysis/evidence.ts";
import type { Verdict } from "../analysis/judge-comparison.ts";

const hits = { canary: { requests: 1_000, hits: 21 }, baseline: { requests: 9_000, hits: 90 } };

export function comparedAs(verdict: Verdict, given: Partial<Compared> = {}): Compared {
  const enough = verdict !== "not enough evidence";
  return {
    ...{ check: "successRate", slowMs: undefined, verdict, inStep: hits, all: hits, margin: 0.01 },
    interval: verdict === "worse" ? { low: 0.004, high: 0.02 } : { low: -0.004, high: enough ? 0.006 : 1 },
    harm: { evidence: 1, wanted: 300 },
    safety: { evidence: 1, wanted: 20 },
    ...{ bunchSize: 1, smallestEffect: 0.01, samplesNeeded: enough ? 0 : 900, ...given },
  };
}

/** Of step 0, counted and heard of until `toMs`, with nothing against going on but what is given. */
export function evidenceOf(given: Partial<Evidence> = {}): Evidence {
  const { toMs = 0 } = given;
  return {
    ...{ step: 0, round: 0, toMs, requestsInStep: 1_000 },
    heard: { serviceMs: toMs, canaryMs: toMs, owed: 0 },
    comparisons: [comparedAs("no worse")],
    ...{ sampleRatio: undefined, guards: [], others: [], ...given },
  };
}
