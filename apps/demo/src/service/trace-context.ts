import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingHttpHeaders } from "node:http";

/**
 * Carries a request's context headers to every call made while serving it. The shop starts no traces of its own and
 * reads none of these headers: it forwards what came in, as any service in front of a proxy has to.
 */
export type TraceContext = {
  /** Serves `work` with the context of the incoming headers. */
  serve<T>(incoming: IncomingHttpHeaders, work: () => T): T;
  /** Headers to add to an outgoing call; empty outside a request. */
  outgoing(): Record<string, string>;
};

/** W3C Trace Context and Baggage, both forms of B3, and the two headers that routes commonly match on. */
const forwarded = [
  "traceparent",
  "tracestate",
  "baggage",
  "b3",
  "x-b3-traceid",
  "x-b3-spanid",
  "x-b3-parentspanid",
  "x-b3-sampled",
  "x-b3-flags",
  "x-request-id",
  "x-user-type",
];

export function createTraceContext(): TraceContext {
  const storage = new AsyncLocalStorage<Record<string, string>>();
  return {
    serve: (incoming, work) => storage.run(pick(incoming), work),
    outgoing: () => storage.getStore() ?? {},
  };
}

function pick(incoming: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of forwarded) {
    const value = incoming[name];
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return headers;
}
