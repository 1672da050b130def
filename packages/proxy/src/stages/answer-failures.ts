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
      exchange.flag = answer.flag;
      give(exchange, answer);
    }
  };

function give(exchange: Exchange, answer: Answer): void {
  const { stream } = exchange;
  if (stream.answered || answer.status === 0 || stream.gone) {
    stream.abort();
    return;
  }
  exchange.status = answer.status;
  giveAnswer(stream, exchange.method, answer);
}
