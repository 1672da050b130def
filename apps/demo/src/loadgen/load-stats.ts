export type Counts = {
  requests: number;
  ok: number;
  clientErrors: number;
  serverErrors: number;
  /** Requests that got no answer, by the reason the socket gave. */
  unanswered: Record<string, number>;
  /** Visits not begun because too many requests were open already. */
  dropped: number;
  ordersPlaced: number;
  ordersByPaymentVersion: Record<string, number>;
  cardsDeclined: number;
  ordersFailed: number;
};

export type WindowReport = Counts & {
  seconds: number;
  rps: number;
  latencyMs: { p50: number; p95: number; p99: number } | null;
};

/** Counts what happened, in all and since the window was last turned. */
export type LoadStats = {
  answered(status: number, latencyMs: number): void;
  unanswered(reason: string): void;
  dropped(): void;
  ordered(outcome: { paymentVersion: string } | "declined" | "failed"): void;
  total(): Counts;
  /** The window so far. */
  window(): WindowReport;
  /** Ends the window and begins the next. */
  turn(): WindowReport;
};

export function createLoadStats(now: () => number): LoadStats {
  const total = noCounts();
  let current = noCounts();
  let latencies: number[] = [];
  let begunAtMs = now();

  const both = (change: (counts: Counts) => void) => {
    change(total);
    change(current);
  };
  const report = (): WindowReport => {
    const seconds = Math.max(0.001, (now() - begunAtMs) / 1_000);
    const rps = Math.round((current.requests / seconds) * 10) / 10;
    return {
      ...structuredClone(current),
      seconds: Math.round(seconds * 10) / 10,
      rps,
      latencyMs: quantiles(latencies),
    };
  };

  return {
    answered(status, latencyMs) {
      latencies.push(latencyMs);
      both((counts) => {
        counts.requests += 1;
        if (status >= 500) counts.serverErrors += 1;
        else if (status >= 400) counts.clientErrors += 1;
        else counts.ok += 1;
      });
    },
    unanswered: (reason) =>
      both((counts) => {
        counts.requests += 1;
        counts.unanswered[reason] = (counts.unanswered[reason] ?? 0) + 1;
      }),
    dropped: () =>
      both((counts) => {
        counts.dropped += 1;
      }),
    ordered: (outcome) =>
      both((counts) => {
        if (outcome === "declined") counts.cardsDeclined += 1;
        else if (outcome === "failed") counts.ordersFailed += 1;
        else {
          const { paymentVersion } = outcome;
          counts.ordersPlaced += 1;
          counts.ordersByPaymentVersion[paymentVersion] =
            (counts.ordersByPaymentVersion[paymentVersion] ?? 0) + 1;
        }
      }),
    total: () => structuredClone(total),
    window: report,
    turn() {
      const ended = report();
      current = noCounts();
      latencies = [];
      begunAtMs = now();
      return ended;
    },
  };
}

function noCounts(): Counts {
  return {
    requests: 0,
    ok: 0,
    clientErrors: 0,
    serverErrors: 0,
    unanswered: {},
    dropped: 0,
    ordersPlaced: 0,
    ordersByPaymentVersion: {},
    cardsDeclined: 0,
    ordersFailed: 0,
  };
}

/** Nearest-rank quantiles in ms; null of nothing. */
function quantiles(values: number[]): WindowReport["latencyMs"] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
