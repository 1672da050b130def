import { RequestFailure } from "../request-failure.ts";
import { RevocableStream } from "../stream/revocable-stream.ts";
import { buffered } from "./buffered.ts";
import type { Stage } from "./stage.ts";
import { limitTime } from "./time-limit.ts";

/**
 * Ends the exchange when the route's timeout runs out, retries included (Envoy: route timeout). It counts from when
 * the request is complete, so its body is read ahead; an upgraded connection has none (Envoy does the same).
 */
export const deadline: Stage = (next) => (exchange) => {
  const limitMs = exchange.action?.timeoutMs;
  if (limitMs === undefined) return next(exchange);
  const request = buffered(exchange);
  const stream = new RevocableStream(exchange.stream);
  exchange.stream = stream;
  const failure = () => new RequestFailure("DEADLINE_EXCEEDED", `no whole answer within ${limitMs} ms`);
  return limitTime({ limitMs, request, stream, failure }, () => next(exchange));
};
