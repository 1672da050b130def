import { servicePath } from "@weir/domain";
import { type BadOutcome, type Health, judge, type Outcomes, severity } from "@weir/graph/health";
import type { ServiceArrivals, Telling } from "@weir/store";
import type { Sighting } from "./next-state.ts";

/** Health counts once it has been so for this long. What fails is told soon; that all is well only when it stays so. */
const lastsMs: Readonly<Record<Health, number>> = {
  ...{ "no-data": 0, failing: 30_000, degraded: 120_000, ok: 300_000 },
};

/** How services seem, by the rules of the map. Of those without a request nothing is known. */
export function healthSightings(
  arrivals: readonly ServiceArrivals[],
): (Sighting & { own: ServiceArrivals })[] {
  return arrivals.flatMap((own) => {
    const { health } = judge(own);
    if (health === "no-data") return [];
    const subject = `service/${own.namespace}/${own.service}`;
    return [{ own, subject, seems: health, calm: "ok", badness: severity, lastsMs: lastsMs[health] }];
  });
}

/** What is told of a service whose health has turned. */
export function healthTelling(own: ServiceArrivals, from: string): Telling {
  const { namespace, service, requests, errors } = own;
  const { health } = judge(own);
  const isWorse = severity[health] > (severity[from as Health] ?? 0);
  const name = `${namespace}/${service}`;
  return {
    topic: "health",
    type: health === "ok" ? "service.recovered" : `service.${health}`,
    severity: isWorse ? (health === "failing" ? "critical" : "warning") : "info",
    title:
      health === "ok"
        ? `${name} is well again`
        : `${name} is ${isWorse ? "" : "better, and still "}${health}`,
    text: reasonOf(own),
    path: servicePath({ namespace, name: service }),
    data: { namespace, service, health, before: from, requests, errors },
  };
}

/** What is told of a service that was ill when the last request came. */
export function silenceTelling(subject: string, from: string): Telling {
  const [, namespace = "", ...names] = subject.split("/");
  const service = names.join("/");
  return {
    ...{ topic: "health", type: "service.silent", severity: "info" },
    title: `${namespace}/${service} gets no requests any more`,
    text: `it was ${from} before`,
    path: servicePath({ namespace, name: service }),
    data: { namespace, service, before: from },
  };
}

function reasonOf(outcomes: Outcomes): string {
  const { cause } = judge(outcomes);
  const { requests } = outcomes;
  if (!cause) return `no errors in ${requests} requests within a minute`;
  return `${percent(cause.share)} of ${requests} requests within a minute ${endings[cause.outcome]}`;
}

const endings: Readonly<Record<BadOutcome, string>> = {
  errors: "failed (5xx or no answer)",
  grpcErrors: "ended with a gRPC error",
  clientErrors: "ended in 4xx",
};

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
