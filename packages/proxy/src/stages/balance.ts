import type { TryAnswer } from "@weir/domain/request-path";
import type { Target } from "../balance/target.ts";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import { UpstreamFailure } from "../http1/upstream-failure.ts";
import type { ServiceView } from "../mesh/service-view.ts";
import { RequestFailure } from "../request-failure.ts";
import type { Handler, Stage } from "./stage.ts";
import { tryAnswerOf } from "./try-answer.ts";

export interface BalanceSettings {
  readonly clock: Clock;
  /** Told of each endpoint that a request's outcome has ejected. */
  readonly ejected: (service: ServiceView, reason: string) => void;
}

/**
 * Picks an endpoint of the version decided on. An endpoint that cannot be connected to is passed over once for
 * another of the same choice, in observe too: nothing has been sent then, and any plain proxy does the same.
 */
export const balance =
  (settings: BalanceSettings): Stage =>
  (next) =>
  (exchange) => {
    const { service } = exchange;
    return service === undefined ? next(exchange) : toEndpoint(exchange, service, next, settings);
  };

async function toEndpoint(
  exchange: Exchange,
  service: ServiceView,
  next: Handler,
  settings: BalanceSettings,
): Promise<void> {
  const { stream } = exchange;
  const targets = targetsFor(exchange, service);
  for (let first = true; ; first = false) {
    const target = service.choice.choose(exchange, targets, exchange.tried);
    if (target === undefined)
      throw new RequestFailure("NO_HEALTHY_UPSTREAM", `no endpoint of ${described(exchange, service)}`);
    const { upstream } = target;
    exchange.upstream = upstream;
    exchange.destination = target.party;
    if (exchange.attempts === 0) exchange.attempts = 1;
    upstream.active++;
    try {
      await next(exchange);
      if (exchange.answeredMs > exchange.sentMs)
        service.choice.answered(target, exchange.answeredMs - exchange.sentMs, exchange.answeredMs);
      if (service.outliers) judge(service, target, answerOf(exchange), settings);
      return;
    } catch (error) {
      if (service.outliers) judge(service, target, tryAnswerOf(error), settings);
      // A try that was given up meanwhile has no business with the next one's.
      if (!first || targets.length < 2 || stream.gone || !neverConnected(error)) throw error;
      exchange.tried = [...(exchange.tried ?? []), upstream];
    } finally {
      upstream.active--;
    }
  }
}

/**
 * An enforced choice is kept even where it has no endpoint, which then is 503 UH (Envoy: an empty cluster). In
 * observe nothing may fail for a version's sake: any endpoint serves when the stable version has none.
 */
export function targetsFor({ version, enforced }: Exchange, service: ServiceView): readonly Target[] {
  const chosen = version === undefined ? undefined : service.targetsByVersion.get(version);
  return chosen ?? (enforced ? [] : service.targets);
}

/** Counts how a try ended for outlier detection. */
function judge(
  service: ServiceView,
  target: Target,
  answer: TryAnswer | undefined,
  { clock, ejected }: BalanceSettings,
): void {
  const reason = answer && service.outliers?.record(target, answer, clock.wallMs());
  if (reason !== undefined) ejected(service, reason);
}

function answerOf({ status, grpcStatus }: Exchange): TryAnswer {
  return { status, grpcStatus };
}

function neverConnected(error: unknown): boolean {
  return (
    error instanceof UpstreamFailure && (error.code === "CONNECT_FAILED" || error.code === "CONNECT_TIMEOUT")
  );
}

function described({ version, enforced }: Exchange, { name, namespace }: ServiceView): string {
  return `${name} in ${namespace}${enforced && version !== undefined ? ` has version ${version}` : ""}`;
}
