import type { Exchange } from "../exchange.ts";

/** Serves an exchange to its end. Rejects when it cannot; the outermost stage answers then. */
export type Handler = (exchange: Exchange) => Promise<void>;

/** One layer of the request path around the next. */
export type Stage = (next: Handler) => Handler;

/** Stages in the order a request passes them, the first one outermost. */
export function stack(...stages: Stage[]): Stage {
  return (last) => stages.reduceRight((next, stage) => stage(next), last);
}
