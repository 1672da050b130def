/**
 * Whether the data is at fault, so that trying again cannot help, or the database, so that it can; or the database
 * answers, but these rows took too long.
 */
export type FailureKind = "refused" | "away" | "slow";

/** query_canceled: the statement's own time-out, set for the batch. */
const queryCanceled = "57014";

/**
 * Classes of SQLSTATE (Postgres, appendix A) that speak about the rows: cardinality, data, integrity, program limit,
 * and errors that triggers raise. All others (connection, resources, shutdown, deadlock, missing tables) pass or are
 * repaired, and a sender must not be told that its data is bad.
 */
const refusingClasses = ["21", "22", "23", "54", "P0"];

export function classifyFailure(error: unknown): FailureKind {
  if (!(error instanceof Error)) return "away";
  const code = "code" in error ? String(error.code) : "";
  if (code === queryCanceled || code === "COMMIT_TOO_SLOW") return "slow";
  if (/^[0-9A-Z]{5}$/.test(code)) return refusingClasses.includes(code.slice(0, 2)) ? "refused" : "away";
  if (code === "INVALID_RECORD") return "refused";
  // A value that cannot even be written down: no row of it will ever pass.
  return error instanceof TypeError || error instanceof RangeError ? "refused" : "away";
}
