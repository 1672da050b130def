/** How a service or an edge does. Without traffic nothing is known, which is never the same as healthy. */
export type Health = "no-data" | "ok" | "degraded" | "failing";

/** How a number of requests ended; what is absent is not known to have happened. */
export interface Outcomes {
  readonly requests: number;
  /** Answers of class 5, and requests without an answer. */
  readonly errors: number;
  /** Answers of class 4. */
  readonly clientErrors?: number | undefined;
  /** Answers with a gRPC status other than OK (1 to 16). */
  readonly grpcErrors?: number | undefined;
}

export type BadOutcome = Exclude<keyof Outcomes, "requests">;

export interface Tolerance {
  readonly outcome: BadOutcome;
  /** Shares of the requests, from which on it is so; a share of nothing never is. */
  readonly degradedFrom: number;
  readonly failingFrom: number;
}

/** Kiali's defaults for the rates of codes (`health_config`): 5xx, gRPC 1 to 16 and no response alike, 4xx later. */
export const tolerances: readonly Tolerance[] = [
  { outcome: "errors", degradedFrom: 0, failingFrom: 0.1 },
  { outcome: "grpcErrors", degradedFrom: 0, failingFrom: 0.1 },
  { outcome: "clientErrors", degradedFrom: 0.1, failingFrom: 0.2 },
];

/** Of fewer requests a share says little: one step less is made of it. */
export const leastRequests = 5;

export interface HealthCause extends Tolerance {
  readonly count: number;
  /** 0 to 1, of the requests. */
  readonly share: number;
  /** It would have been worse but for {@link leastRequests}. */
  readonly tooFew: boolean;
}

export interface Judgement {
  readonly health: Health;
  /** What makes it less than well; of several the worst. */
  readonly cause?: HealthCause;
}

/** Health of a number of requests, with what decided. */
export function judge(outcomes: Outcomes): Judgement {
  if (!(outcomes.requests > 0)) return { health: "no-data" };
  let worst: Judgement = { health: "ok" };
  for (const tolerance of tolerances) {
    const own = judgeOne(outcomes, tolerance);
    if (severity[own.health] > severity[worst.health]) worst = own;
  }
  return worst;
}

export function healthOf(outcomes: Outcomes): Health {
  return judge(outcomes).health;
}

/** Higher is worse; between no data and healthy there is no order that means something. */
export const severity: Readonly<Record<Health, number>> = { "no-data": 0, ok: 0, degraded: 1, failing: 2 };

function judgeOne(outcomes: Outcomes, tolerance: Tolerance): Judgement {
  const { requests } = outcomes;
  const count = outcomes[tolerance.outcome] ?? 0;
  const share = count / requests;
  const found = count <= 0 ? 0 : share >= tolerance.failingFrom ? 2 : share >= tolerance.degradedFrom ? 1 : 0;
  if (found === 0) return { health: "ok" };
  const tooFew = requests < leastRequests && (found === 2 || tolerance.degradedFrom > 0);
  const health = steps[tooFew ? found - 1 : found] ?? "ok";
  return health === "ok" ? { health } : { health, cause: { ...tolerance, count, share, tooFew } };
}

const steps: readonly Health[] = ["ok", "degraded", "failing"];
