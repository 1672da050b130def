import { RequestFailure } from "../request-failure.ts";
import type { Stage } from "../stages/stage.ts";
import { RevocableStream } from "../stream/revocable-stream.ts";
import { parseGrpcTimeout } from "./grpc-timeout.ts";

/** The longest that a timer of Node waits. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Ends a gRPC call when the time is over that its caller gave it (`grpc-timeout`): the caller waits no longer, so
 * nobody else has to. It counts from the head, as the caller's does; what is left of it is told to the upstream.
 */
export const grpcDeadline: Stage = (next) => (exchange) => {
  if (exchange.protocol !== "grpc") return next(exchange);
  const limitMs = parseGrpcTimeout(exchange.fields.get("grpc-timeout"));
  if (limitMs === undefined) return next(exchange);
  exchange.deadlineMs = exchange.startMs + limitMs;
  const stream = new RevocableStream(exchange.stream);
  exchange.stream = stream;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => {
        const failure = new RequestFailure("DEADLINE_EXCEEDED", "the caller's deadline has passed");
        stream.revoke(failure);
        reject(failure);
      },
      Math.min(limitMs, maxTimerMs),
    );
    next(exchange)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
};
