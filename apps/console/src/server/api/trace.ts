import { TRPCError } from "@trpc/server";
import type { SkeletonSpan, SpanDetails } from "@weir/store";
import { z } from "zod";
import { decisionsOfTrace, spanDetails, traceSkeleton } from "../store.ts";
import { decisionsIn, SpanDecision } from "../traces/span-facts.ts";
import { traceExtent } from "../traces/trace-extent.ts";
import { publicProcedure } from "../trpc.ts";
import { countParameter } from "./count-parameter.ts";
import type { Operation } from "./operation.ts";
import { ServiceIdentityShape } from "./shapes.ts";
import { EventShape, eventShape, LinkShape, linkShape } from "./span-parts.ts";

const TracePath = z.strictObject({
  traceId: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/, "must be the 32 hexadecimal digits of a trace id")
    .meta({ example: "0af7651916cd43dd8448eb211c80319c" }),
});

const TraceQuery = z.strictObject({
  limit: countParameter({ most: 10_000, unlessTold: 2_000 }).meta({ description: "Spans on a page." }),
  cursor: z
    .string()
    .regex(/^\d{1,20}\.[0-9a-f]{16}\.\d$/, "must be next of the page before")
    .optional()
    .meta({ description: "`next` of the page before." }),
});

const kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;
const statuses = ["unset", "ok", "error"] as const;
const Facts = z.record(z.string(), z.unknown());

const Span = z
  .object({
    spanId: z.string().regex(/^[0-9a-f]{16}$/),
    parentSpanId: z.string().nullable(),
    service: ServiceIdentityShape,
    operation: z.string(),
    kind: z.enum(kinds),
    status: z.enum(statuses),
    statusMessage: z.string().nullable(),
    startNs: z.string().meta({ description: "Nanoseconds since 1970." }),
    durationNs: z.string(),
    attributes: Facts,
    resource: Facts,
    events: z.array(EventShape),
    links: z.array(LinkShape),
    decisions: z
      .array(SpanDecision)
      .meta({ description: "What policies said about the request of this span." }),
  })
  .meta({ id: "Span" });

const Trace = z
  .object({
    traceId: z.string(),
    start: z.iso.datetime(),
    startNs: z.string(),
    durationNs: z.string().meta({ description: "From the first span's start to the last one's end." }),
    spanCount: z.number().meta({ description: "Of the whole trace, not of this page." }),
    spans: z.array(Span).meta({ description: "In the order of their start." }),
    next: z.string().nullable().meta({ description: "Pass it as `cursor`; null on the last page." }),
  })
  .meta({ id: "Trace" });

/** A sidecar writes its line when the exchange is over, on its own clock: look a little around the trace. */
const slackNs = 10_000_000_000n;

const procedure = publicProcedure
  .input(z.strictObject({ ...TracePath.shape, ...TraceQuery.shape }))
  .output(Trace)
  .query(async ({ ctx, input }) => {
    const traceId = input.traceId.toLowerCase();
    const { spans } = await traceSkeleton(ctx.sql, traceId);
    if (spans.length === 0)
      throw new TRPCError({
        code: "NOT_FOUND",
        message: `no span of trace ${traceId} is stored: it was not sampled, is on its way, or is past its retention`,
      });
    const { startNs, endNs } = traceExtent(spans);
    const first = placeAfter(spans, input.cursor);
    const page = spans.slice(first, first + input.limit);
    const [details, decisions] = await Promise.all([
      spanDetails(ctx.sql, traceId, [...new Set(page.map(({ spanId }) => spanId))]),
      decisionsOfTrace(ctx.sql, traceId, { fromNs: startNs - slackNs, toNs: endNs + slackNs }),
    ]);
    const detailsOf = new Map(details.map((own) => [placeOf(own), own]));
    const decisionsOf = new Map(decisions.map((row) => [row.spanId, decisionsIn(row.decisions)]));
    const last = page.at(-1);
    return {
      traceId,
      start: new Date(Number(startNs / 1_000_000n)).toISOString(),
      startNs: String(startNs),
      durationNs: String(endNs - startNs),
      spanCount: spans.length,
      spans: page.map((span) =>
        spanShape(span, detailsOf.get(placeOf(span)), decisionsOf.get(span.spanId) ?? []),
      ),
      next: last && first + page.length < spans.length ? placeOf(last) : null,
    };
  });

/** One trace, a page of spans at a time. */
export const trace: Operation = {
  path: "/traces/{traceId}",
  operationId: "trace",
  summary: "One trace with all that its spans say.",
  pathParameters: TracePath,
  query: TraceQuery,
  answer: Trace,
  mayBeMissing: true,
  procedure,
};

/** Where a span stands in its trace; what a cursor is made of. */
function placeOf(span: Pick<SkeletonSpan, "startNs" | "spanId" | "kind">): string {
  return `${span.startNs}.${span.spanId}.${span.kind}`;
}

/** Index of the first span behind a cursor. Where its span is gone, that of the first one that starts later. */
function placeAfter(spans: readonly SkeletonSpan[], cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const last = spans.findLastIndex((span) => placeOf(span) === cursor);
  if (last >= 0) return last + 1;
  const startNs = BigInt(cursor.slice(0, cursor.indexOf(".")));
  const later = spans.findIndex((span) => span.startNs > startNs);
  return later < 0 ? spans.length : later;
}

function spanShape(
  span: SkeletonSpan,
  details: SpanDetails | undefined,
  decisions: SpanDecision[],
): z.infer<typeof Span> {
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? null,
    service: span.service,
    operation: span.operation,
    kind: kinds[span.kind] ?? "unspecified",
    status: statuses[span.status] ?? "unset",
    statusMessage: details?.statusMessage ?? null,
    startNs: String(span.startNs),
    durationNs: String(span.durationNs),
    attributes: details?.attributes ?? {},
    resource: details?.resource ?? {},
    events: (details?.events ?? []).map(eventShape),
    links: (details?.links ?? []).map(linkShape),
    decisions,
  };
}
