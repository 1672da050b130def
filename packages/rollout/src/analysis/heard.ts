/**
 * Until when requests were heard of, whatever else the mesh tells: a slot without any is told of as well as a full one, by a
 * service that has none and by sidecars that have fallen silent alike. Times in milliseconds since 1970.
 */
export interface Heard {
  /** End of the last tick in which either version had requests; undefined: neither had any yet. */
  readonly serviceMs: number | undefined;
  /** And the canary. */
  readonly canaryMs: number | undefined;
  /** Requests that were the canary's to get since then, by the step's share of those that the baseline got. */
  readonly owed: number;
}

export const unheard: Heard = { serviceMs: undefined, canaryMs: undefined, owed: 0 };

/** @param share of the requests that is the canary's, 0 to 1; 0 where nobody can say. */
export function hear(
  heard: Heard,
  {
    toMs,
    canary,
    baseline,
  }: { readonly toMs: number; readonly canary: Requests; readonly baseline: Requests },
  share: number,
): Heard {
  if (canary.requests > 0) return { serviceMs: toMs, canaryMs: toMs, owed: 0 };
  if (baseline.requests === 0) return heard;
  return { ...heard, serviceMs: toMs, owed: heard.owed + share * baseline.requests };
}

interface Requests {
  readonly requests: number;
}
