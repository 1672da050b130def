import type { TelemetryRequest } from "@weir/store";
import { classifyFailure } from "./classify-failure.ts";

/** What became of one request. */
export type Outcome =
  | { readonly kind: "committed" }
  | { readonly kind: "duplicate" }
  /** Its rows cannot be stored; sent again they would be refused again. */
  | { readonly kind: "refused"; readonly error: Error }
  /** The database did not take it now. */
  | { readonly kind: "away"; readonly error: Error }
  /** The database is there, but could not take this request in its time. */
  | { readonly kind: "slow"; readonly error: Error };

/** One transaction, given `patience` times its usual limit; resolves with the requests that it stored, the others having been committed before. */
export type Commit = (
  requests: readonly TelemetryRequest[],
  patience: number,
) => Promise<{ readonly stored: ReadonlySet<TelemetryRequest> }>;

/** A request that was too slow by itself gets this many times the limit, once. */
const secondPatience = 2;

/**
 * Commits requests together. When the database refuses their rows, or takes too long over them, halves are tried, down
 * to the request at fault, so that it does not take its neighbours with it. One outcome for each request, in order;
 * never throws.
 */
export async function commitRequests(
  requests: readonly TelemetryRequest[],
  commit: Commit,
): Promise<Outcome[]> {
  let foundSlow = false;

  async function attempt(part: readonly TelemetryRequest[], patience: number): Promise<Outcome[]> {
    try {
      const { stored } = await commit(part, patience);
      return part.map((request) => ({ kind: stored.has(request) ? "committed" : "duplicate" }));
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const kind = classifyFailure(error);
      // Each slow part costs its whole limit, and other batches wait: after one culprit there is no search for more.
      const final = kind === "away" || (kind === "slow" && (foundSlow || patience > 1));
      if (kind === "slow" && final) foundSlow = true;
      if (final || (part.length === 1 && kind === "refused")) return part.map(() => ({ kind, error }));
      if (part.length === 1) return attempt(part, secondPatience);
      const middle = part.length >> 1;
      return [...(await attempt(part.slice(0, middle), 1)), ...(await attempt(part.slice(middle), 1))];
    }
  }

  return attempt(requests, 1);
}
