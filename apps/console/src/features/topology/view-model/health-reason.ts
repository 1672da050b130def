import { type BadOutcome, type HealthCause, judge, type Outcomes } from "@weir/graph";
import { formatShare, plural } from "../../../ui/format/numbers.ts";

/** Why health is what it is, in one sentence without its end. */
export function reasonOf(outcomes: Outcomes): string {
  const { health, cause } = judge(outcomes);
  if (health === "no-data") return "no request in this window";
  if (cause) return `${whatHappened(outcomes, cause)}; ${borders(cause)}`;
  const { requests, clientErrors = 0 } = outcomes;
  return clientErrors > 0
    ? `no errors; ${formatShare(clientErrors / requests)} of ${plural(requests, "request")} ended in 4xx`
    : `no errors in ${plural(requests, "request")}`;
}

/** The share that decides, where there is little room: `12 % err`, `31 % 4xx`. */
export function briefCause({ outcome, share }: HealthCause): string {
  return `${formatShare(share)} ${briefNames[outcome]}`;
}

const briefNames: Readonly<Record<BadOutcome, string>> = {
  errors: "err",
  grpcErrors: "gRPC",
  clientErrors: "4xx",
};

function whatHappened({ requests }: Outcomes, { outcome, share }: HealthCause): string {
  return `${formatShare(share)} of ${plural(requests, "request")} ${endings[outcome]}`;
}

const endings: Readonly<Record<BadOutcome, string>> = {
  errors: "failed (5xx or no answer)",
  grpcErrors: "ended with a gRPC error",
  clientErrors: "ended in 4xx",
};

function borders({ degradedFrom, failingFrom, tooFew }: HealthCause): string {
  if (tooFew) return "too few requests to say more";
  const failing = `failing from ${formatShare(failingFrom)}`;
  return degradedFrom > 0 ? `degraded from ${formatShare(degradedFrom)}, ${failing}` : failing;
}
