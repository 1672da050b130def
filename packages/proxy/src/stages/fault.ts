import type { Exchange } from "../exchange.ts";
import { RequestFailure } from "../request-failure.ts";
import type { Handler, Stage } from "./stage.ts";

/** Holds a request back for as long as a policy's fault says; the abort that may follow is `act`'s. */
export const delayFault: Stage = (next) => (exchange) => {
  const delayMs = exchange.action?.fault?.delayMs;
  return delayMs === undefined ? next(exchange) : delayed(exchange, delayMs, next);
};

async function delayed(exchange: Exchange, delayMs: number, next: Handler): Promise<void> {
  const { stream } = exchange;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    stream.onGone = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  stream.onGone = undefined;
  if (stream.gone) throw new RequestFailure("CLIENT_GONE", "the caller went away");
  exchange.flag = "DI";
  await next(exchange);
}
