import type { Exchange } from "../exchange.ts";
import { endGrpcAnswer } from "../grpc/grpc-answer.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import { type Answer, giveAnswer, rescue } from "../rescue.ts";
import type { SidecarParts } from "../sidecar-parts.ts";
import type { Stage } from "./stage.ts";

/** Turns every failure below into one answer, or into a broken connection where an answer has begun. */
export const answerFailures =
  ({ log, rejected }: Pick<SidecarParts, "log" | "rejected">): Stage =>
  (next) => {
    const answerTo = (exchange: Exchange, error: unknown): void => {
      const answer = rescue(error);
      // Counted as those are that come to light before there is an exchange.
      if (error instanceof ParseFailure) rejected(error.reason);
      if (answer.status === 500) log.error({ err: error }, "a request failed inside the sidecar");
      answerHere(exchange, answer);
    };
    return (exchange) => {
      try {
        return next(exchange).then(undefined, (error: unknown) => answerTo(exchange, error));
      } catch (error) {
        answerTo(exchange, error);
        return answered;
      }
    };
  };

const answered = Promise.resolve();

/** Ends the exchange with an answer of the sidecar's own, if there is still somebody to take it. */
export function answerHere(exchange: Exchange, answer: Answer): void {
  // Whatever stood between, a retry or a timeout, is over: this answer is the caller's.
  const { caller } = exchange;
  if (answer.flag !== "") exchange.flag = answer.flag;
  if (answer.status === 0 || caller.gone || (caller.answered && exchange.protocol !== "grpc")) {
    caller.abort();
    return;
  }
  if (caller.answered) {
    exchange.grpcStatus = endGrpcAnswer(caller, answer);
    return;
  }
  exchange.grpcStatus = giveAnswer(caller, exchange.method, answer);
  exchange.status = exchange.grpcStatus === undefined ? answer.status : 200;
}
