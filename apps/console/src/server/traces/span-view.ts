import type { TraceSpan } from "@weir/store";
import { z } from "zod";
import { SpanDecision } from "./span-facts.ts";

const Facts = z.record(z.string(), z.unknown());

const SpanEvent = z.object({
  name: z.string(),
  /** After the span's start; absent where the event says no time. */
  afterNs: z.number().optional(),
  attributes: Facts,
});
export type SpanEvent = z.infer<typeof SpanEvent>;

/** What a span says beyond its place in the waterfall. */
export const SpanView = z.object({
  statusMessage: z.string().optional(),
  attributes: Facts,
  resource: Facts,
  events: z.array(SpanEvent),
  decisions: z.array(SpanDecision),
});
export type SpanView = z.infer<typeof SpanView>;

export function spanView(span: TraceSpan, decisions: readonly SpanDecision[]): SpanView {
  const { statusMessage, attributes, resource } = span;
  return {
    statusMessage,
    attributes,
    resource,
    events: span.events.map((event) => eventView(event, span.startNs)),
    decisions: [...decisions],
  };
}

/** As the collector stores them: times beyond a number's exactness are text. */
const StoredEvent = z.object({
  name: z.string().default("event"),
  timeNs: z.union([z.string().regex(/^\d+$/), z.int()]).optional(),
  attributes: Facts.default({}),
});

function eventView(event: unknown, startNs: bigint): SpanEvent {
  const parsed = StoredEvent.safeParse(event);
  if (!parsed.success) return { name: "event", attributes: { content: event } };
  const { name, timeNs, attributes } = parsed.data;
  return { name, attributes, ...(timeNs === undefined ? {} : { afterNs: Number(BigInt(timeNs) - startNs) }) };
}
