import type { Outcome } from "../exporters/commit-requests.ts";

/** What follows from the outcomes of a batch that was read from the spool. */
export interface Settlement {
  /** So many of the first requests need not be in the spool any more. */
  readonly done: number;
  /** Those of them that the database refused for good: they are kept aside before. */
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
  /** Why the next request could not go; undefined: all are done. */
  readonly held: "away" | "slow" | undefined;
}

/**
 * The order is kept: behind the first request that did not go, one that did is delivered again, and is a duplicate then.
 * Pure.
 */
export function settle(outcomes: readonly Outcome[]): Settlement {
  const heldAt = outcomes.findIndex(({ kind }) => kind === "away" || kind === "slow");
  const done = heldAt < 0 ? outcomes.length : heldAt;
  const refused = outcomes
    .slice(0, done)
    .flatMap((outcome, index) =>
      outcome.kind === "refused" ? [{ index, reason: outcome.error.message }] : [],
    );
  const held = outcomes[heldAt]?.kind;
  return { done, refused, held: held === "away" || held === "slow" ? held : undefined };
}
