/** How long things take and last, in milliseconds; tests shorten them. */
export interface Timings {
  /** Life of an endpoint's lease: how long it outlives the controller that held it. */
  readonly leaseMs: number;
  /** Pause between renewals of all leases. */
  readonly renewMs: number;
  /**
   * After leases may have run out unseen (the database or every controller was away for longer than that), how long
   * the sidecars get to register again before the list of endpoints is believed.
   */
  readonly settleMs: number;
  readonly pingMs: number;
  /** A sidecar that reads nothing for this long is dead. */
  readonly stallMs: number;
  /** Quiet time after a change before snapshots are compiled, so that a burst of changes is one snapshot. */
  readonly debounceMs: number;
  /** A change waits no longer than this, however many follow it. */
  readonly debounceMaxMs: number;
  /** Pause between readings that nothing asked for: what a lost notification costs at most. */
  readonly resyncMs: number;
  /** How long somebody who is told of something may take to answer. */
  readonly deliveryMs: number;
}

export const defaultTimings: Timings = {
  leaseMs: 15_000,
  renewMs: 5_000,
  settleMs: 2_000,
  pingMs: 5_000,
  stallMs: 30_000,
  debounceMs: 20,
  debounceMaxMs: 100,
  resyncMs: 10_000,
  deliveryMs: 10_000,
};
