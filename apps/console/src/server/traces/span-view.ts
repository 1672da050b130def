import type { SpanDetails } from "@weir/store";
import { z } from "zod";

const Facts = z.record(z.string(), z.unknown());

const SpanEvent = z.object({
  name: z.string(),
  /** After the span's start; absent where the event says no time. */
  afterNs: z.number().optional(),
  attributes: Facts,
});
export type SpanEvent = z.infer<typeof SpanEvent>;

/** Another span, of this trace or another, that this one names as related. */
const SpanLink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  attributes: Facts,
});
export type SpanLink = z.infer<typeof SpanLink>;

/** What a span says beyond its place in the waterfall. */
export const SpanView = z.object({
  statusMessage: z.string().optional(),
  attributes: Facts,
  resource: Facts,
  events: z.array(SpanEvent),
  links: z.array(SpanLink),
});
export type SpanView = z.infer<typeof SpanView>;

export function spanView(span: SpanDetails): SpanView {
  const { statusMessage, attributes, resource } = span;
  return {
    statusMessage,
    attributes,
    resource,
    events: span.events.map((event) => eventView(event, span.startNs)),
    links: span.links.flatMap((link) => {
      const parsed = StoredLink.safeParse(link);
      return parsed.success ? [parsed.data] : [];
    }),
  };
}

/** As the collector stores them: times beyond a number's exactness are text. */
const StoredEvent = z.object({
  name: z.string().default("event"),
  timeNs: z.union([z.string().regex(/^\d+$/), z.int()]).optional(),
  attributes: Facts.default({}),
});

const StoredLink = z.object({
  traceId: z.string(),
  spanId: z.string().default(""),
  attributes: Facts.default({}),
});

function eventView(event: unknown, startNs: bigint): SpanEvent {
  const parsed = StoredEvent.safeParse(event);
  if (!parsed.success) return { name: "event", attributes: { content: event } };
  const { name, timeNs, attributes } = parsed.data;
  return { name, attributes, ...(timeNs === undefined ? {} : { afterNs: Number(BigInt(timeNs) - startNs) }) };
}
