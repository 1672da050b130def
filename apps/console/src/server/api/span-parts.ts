import { z } from "zod";

const Facts = z.record(z.string(), z.unknown());
const Ns = z.union([z.string().regex(/^\d+$/), z.int()]).transform(String);

/** Events as answers tell them. */
export const EventShape = z
  .object({
    name: z.string(),
    timeNs: z
      .string()
      .nullable()
      .meta({ description: "Nanoseconds since 1970; null where it says no time." }),
    attributes: Facts,
  })
  .meta({ id: "SpanEvent" });

/** Links to spans of other traces, or of this one. */
export const LinkShape = z
  .object({ traceId: z.string(), spanId: z.string(), attributes: Facts })
  .meta({ id: "SpanLink" });

/** As the collector stores them: times beyond a number's exactness are text. */
const StoredEvent = z.object({
  name: z.string().default("event"),
  timeNs: Ns.nullish().transform((ns) => ns ?? null),
  attributes: Facts.default({}),
});

const StoredLink = z.object({
  traceId: z.string().default(""),
  spanId: z.string().default(""),
  attributes: Facts.default({}),
});

export function eventShape(stored: unknown): z.infer<typeof EventShape> {
  const { data } = StoredEvent.safeParse(stored);
  return data ?? { name: "event", timeNs: null, attributes: { content: stored } };
}

export function linkShape(stored: unknown): z.infer<typeof LinkShape> {
  const { data } = StoredLink.safeParse(stored);
  return data ?? { traceId: "", spanId: "", attributes: { content: stored } };
}
