import type { TraceSpan } from "@weir/store";
import { z } from "zod";
import { decidedOf, pathOf, reporterOf, type SpanDecision, upstreamNsOf } from "./span-facts.ts";
import { traceExtent } from "./trace-extent.ts";

const SpanOfTrace = z.object({
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  namespace: z.string(),
  service: z.string(),
  version: z.string(),
  operation: z.string(),
  path: z.string().optional(),
  kind: z.number(),
  status: z.number(),
  startNs: z.number(),
  durationNs: z.number(),
  reporter: z.enum(["source", "destination"]).optional(),
  upstreamNs: z.number().optional(),
  decided: z.enum(["would-act", "acted"]).optional(),
});

/** A trace without its attributes, which are asked for span by span: a trace of 20,000 spans must stay light. */
export const FoundTrace = z.object({
  found: z.literal(true),
  traceId: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  nowMs: z.number(),
  spans: z.array(SpanOfTrace),
});
export type FoundTrace = z.infer<typeof FoundTrace>;

/** Stored spans, at least one, as the waterfall wants them: times as numbers of nanoseconds since the first one. */
export function traceView(
  spans: readonly TraceSpan[],
  decisions: ReadonlyMap<string, readonly SpanDecision[]>,
  nowMs: number,
): FoundTrace {
  const { startNs, endNs } = traceExtent(spans);
  return {
    found: true,
    traceId: spans[0]?.traceId ?? "",
    startMs: Number(startNs / 1_000_000n),
    endMs: Number(endNs / 1_000_000n),
    nowMs,
    spans: spans.map((span) => ({
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      namespace: span.service.namespace,
      service: span.service.name,
      version: span.service.version,
      operation: span.operation,
      path: pathOf(span.attributes),
      kind: span.kind,
      status: span.status,
      startNs: Number(span.startNs - startNs),
      durationNs: Number(span.durationNs),
      reporter: reporterOf(span.attributes),
      upstreamNs: upstreamNsOf(span.attributes),
      decided: decidedOf(decisions.get(span.spanId) ?? []),
    })),
  };
}
