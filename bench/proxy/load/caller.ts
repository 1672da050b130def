import type { Exchange, Target } from "../exchanges.ts";
import { openHttp1Caller } from "./http1-caller.ts";
import { openHttp2Caller } from "./http2-caller.ts";

/** Makes one request at a time on a connection (or stream) that stays. */
export interface Caller {
  /** `done` once, when the answer is whole, or with what was wrong with it. Callbacks: promises cost too much here. */
  call(done: (failure?: Error) => void): void;
  close(): void;
}

/** How many callers share one connection of HTTP/2, as streams. */
const streamsPerConnection = 8;

export async function openCallers(target: Target, exchange: Exchange, count: number): Promise<Caller[]> {
  const callers: Caller[] = [];
  while (callers.length < count) {
    if (exchange.protocol === "http1") callers.push(await openHttp1Caller(target, exchange));
    else callers.push(...(await openHttp2Caller(target, exchange, streamsPerConnection)));
  }
  return callers;
}
