import type { Exchange } from "../exchange.ts";
import type { Logger } from "../logger.ts";
import { type Answer, giveAnswer, rescue } from "../rescue.ts";
import type { Stage } from "./stage.ts";

/** Turns every failure below into one answer, or into a broken connection where an answer has begun. */
export const answerFailures =
  (log: Logger): Stage =>
  (next) =>
  async (exchange) => {
    try {
      await next(exchange);
    } catch (error) {
      const answer = rescue(error);
      if (answer.status === 500) log.error({ err: error }, "a request failed inside the sidecar");
      answerHere(exchange, answer);
    }
  };

/** Ends the exchange with an answer of the sidecar's own, if there is still somebody to take it. */
export function answerHere(exchange: Exchange, answer: Answer): void {
  // Whatever stood between, a retry or a timeout, is over: this answer is the caller's.
  const { caller } = exchange;
  if (answer.flag !== "") exchange.flag = answer.flag;
  if (caller.answered || answer.status === 0 || caller.gone) {
    caller.abort();
    return;
  }
  exchange.grpcStatus = giveAnswer(caller, exchange.method, answer);
  exchange.status = exchange.grpcStatus === undefined ? answer.status : 200;
}
