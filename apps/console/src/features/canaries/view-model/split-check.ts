/** How an observed share stands to the one assigned. */
export interface SplitCheck {
  readonly assigned: number;
  /** Undefined without requests: no evidence is not agreement. */
  readonly observed: number | undefined;
  /** Three standard deviations of the observed share, were the assigned one true. */
  readonly tolerance: number;
  readonly verdict: "no-evidence" | "as-assigned" | "differs";
}

/**
 * Whether chance explains the difference between an assigned share and the observed one: the normal
 * approximation of the binomial at three sigma. Shares are 0 to 1.
 */
export function splitCheck(assigned: number, requests: number, total: number): SplitCheck {
  if (total === 0) return { assigned, observed: undefined, tolerance: 1, verdict: "no-evidence" };
  const observed = requests / total;
  const tolerance = 3 * Math.sqrt((assigned * (1 - assigned)) / total);
  // Half a request: a share of few requests cannot be closer than that.
  const agrees = Math.abs(observed - assigned) <= tolerance + 0.5 / total;
  return { assigned, observed, tolerance, verdict: agrees ? "as-assigned" : "differs" };
}
