/** Requests of one version, and how many of them had the property that is asked about (failed, were slow). */
export interface Arm {
  readonly requests: number;
  readonly hits: number;
}

/** Both versions over the same time. */
export interface Pair {
  readonly canary: Arm;
  readonly baseline: Arm;
}

export const noRequests: Arm = { requests: 0, hits: 0 };
export const noPair: Pair = { canary: noRequests, baseline: noRequests };

export function addArms(a: Arm, b: Arm): Arm {
  return { requests: a.requests + b.requests, hits: a.hits + b.hits };
}

export function addPairs(a: Pair, b: Pair): Pair {
  return { canary: addArms(a.canary, b.canary), baseline: addArms(a.baseline, b.baseline) };
}

/** What `a` has beyond `b`, which is part of it. */
export function subtractPairs(a: Pair, b: Pair): Pair {
  return { canary: subtractArms(a.canary, b.canary), baseline: subtractArms(a.baseline, b.baseline) };
}

/** Share of the requests that hit, 0 to 1; undefined without requests. */
export function shareOf({ requests, hits }: Arm): number | undefined {
  return requests === 0 ? undefined : hits / requests;
}

function subtractArms(a: Arm, b: Arm): Arm {
  return { requests: a.requests - b.requests, hits: a.hits - b.hits };
}
