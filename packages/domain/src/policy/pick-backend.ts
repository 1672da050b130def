import type { WeightedBackend } from "./weighted-backend.ts";

/** What is wrong with a list of shares as a whole; `path` is relative to the list. */
export interface WeightProblem {
  readonly code: "weights-sum" | "version-twice";
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The rules of a weighted list that no single entry can break: shares sum to 100, each version stands once. */
export function weightProblems(backends: readonly WeightedBackend[]): WeightProblem[] {
  const problems: WeightProblem[] = [];
  const sum = backends.reduce((total, backend) => total + backend.weight, 0);
  if (sum !== 100)
    problems.push({ code: "weights-sum", path: [], message: `weights must sum to 100, these sum to ${sum}` });
  const seen = new Set<string>();
  backends.forEach(({ version }, index) => {
    if (seen.has(version))
      problems.push({
        code: "version-twice",
        path: [index, "version"],
        message: `version ${version} is listed twice`,
      });
    seen.add(version);
  });
  return problems;
}

/**
 * The version that a point in [0, 100) falls on, walking the list in order. Moving weight between two
 * neighbours moves only the points between their old and new border.
 */
export function pickBackend(backends: readonly WeightedBackend[], point: number): string {
  let end = 0;
  for (const backend of backends) {
    end += backend.weight;
    if (point < end) return backend.version;
  }
  const last = backends.findLast((backend) => backend.weight > 0);
  return last?.version ?? "";
}
