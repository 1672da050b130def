import { type Decision, judgeAnswer } from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import type { ExchangeRecorder } from "./measure.ts";

/**
 * Adds the decisions that are known only when a request is over: whether timeouts and retries acted or would have,
 * and what the policies about its upstreams said. They are there before `recorder` sees it.
 */
export function judged(recorder: ExchangeRecorder, clock: Clock): ExchangeRecorder {
  return {
    begin: () => recorder.begin(),
    end: (exchange) => {
      if (exchange.watch.length > 0) judgeWatched(exchange, clock.monotonicMs());
      if (exchange.service) judgeUpstreams(exchange);
      recorder.end(exchange);
    },
  };
}

function judgeWatched(exchange: Exchange, nowMs: number): void {
  const { status, grpcStatus, flag, attempts, answeredMs } = exchange;
  const startMs = exchange.completeMs || exchange.startMs;
  const answer = {
    status,
    grpcStatus,
    flag,
    attempts,
    durationMs: nowMs - startMs,
    ...(answeredMs > 0 ? { firstByteMs: Math.max(0, answeredMs - startMs) } : undefined),
  };
  const judgements: Decision[] = [];
  for (const watched of exchange.watch) {
    const decision = judgeAnswer(watched, answer);
    if (decision) judgements.push(decision);
  }
  if (judgements.length > 0) exchange.decisions = exchange.decisions.concat(judgements);
}

function judgeUpstreams(exchange: Exchange): void {
  const { service, avoids, differs } = exchange;
  if (service === undefined || (exchange.attempts === 0 && exchange.overflows === undefined)) return;
  const { resilience } = service;
  let { tail } = service;
  if (service.breaker) tail = service.breaker.decisions(exchange, tail);
  if (resilience.outlier && avoids !== undefined)
    tail = tail.with(resilience.ejectionDecision(resilience.outlier, avoids));
  if (resilience.loadBalancer && differs !== undefined)
    tail = tail.with(resilience.balanceDecision(resilience.loadBalancer, differs));
  exchange.decisions = tail.after(exchange.decisions);
}
