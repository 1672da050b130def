import type { TelemetryRequest } from "@weir/store";
import { classifyFailure } from "./classify-failure.ts";

/** What became of one request. */
export type Outcome =
  | { readonly kind: "committed" }
  | { readonly kind: "duplicate" }
  /** Its rows cannot be stored; sent again they would be refused again. */
  | { readonly kind: "refused"; readonly error: Error }
  /** The database did not take it now. */
  | { readonly kind: "away"; readonly error: Error };

/** One transaction; resolves with the requests that it stored, the others having been committed before. */
export type Commit = (
  requests: readonly TelemetryRequest[],
) => Promise<{ readonly stored: ReadonlySet<TelemetryRequest> }>;

/**
 * Commits requests together. When the database refuses their rows, halves are tried, down to the request at fault, so
 * that it does not take its neighbours with it. One outcome for each request, in order; never throws.
 */
export async function commitRequests(
  requests: readonly TelemetryRequest[],
  commit: Commit,
): Promise<Outcome[]> {
  try {
    const { stored } = await commit(requests);
    return requests.map((request) => ({ kind: stored.has(request) ? "committed" : "duplicate" }));
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const kind = classifyFailure(error);
    if (kind === "away" || requests.length === 1) return requests.map(() => ({ kind, error }));
    const middle = requests.length >> 1;
    return [
      ...(await commitRequests(requests.slice(0, middle), commit)),
      ...(await commitRequests(requests.slice(middle), commit)),
    ];
  }
}
