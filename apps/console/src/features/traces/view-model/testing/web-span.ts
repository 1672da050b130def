import type { WaterfallSpan } from "../waterfall-span.ts";

/** A span of the shop's web server: 100 ns from the trace's start, unless told. */
export function webSpan(
  spanId: string,
  parentSpanId: string | undefined,
  over: Partial<WaterfallSpan> = {},
): WaterfallSpan {
  return {
    ...{ spanId, parentSpanId, namespace: "shop", service: "web", version: "v1", operation: "GET" },
    ...{ kind: 2, status: 0, startNs: 0, durationNs: 100 },
    ...over,
  };
}
