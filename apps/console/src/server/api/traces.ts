import type { TraceSearch, TraceSummary } from "@weir/store";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";
import { searchTraces } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { countParameter } from "./count-parameter.ts";
import { DurationParameter } from "./duration-parameter.ts";
import type { Operation } from "./operation.ts";
import { ServiceIdentityShape, ServiceParameter } from "./shapes.ts";
import { timeText, WindowShape, windowOf, windowParameters, windowShape } from "./time-window.ts";

const AttributeParameter = z
  .string()
  .max(4_000)
  .transform((text, context) => {
    const equals = text.indexOf("=");
    if (equals > 0) return { name: text.slice(0, equals), value: text.slice(equals + 1) };
    context.addIssue("must be name=value, such as http.route=/charges");
    return z.NEVER;
  });

const TracesQuery = z.strictObject({
  ...windowParameters,
  service: ServiceParameter.optional().meta({
    description: "`namespace/name`: a span of this service took part.",
    example: "shop/payments",
  }),
  version: MeshName.optional().meta({ description: "Of the service." }),
  operation: z.string().max(1_000).optional(),
  caller: ServiceParameter.optional().meta({ description: "`namespace/name` of the span's caller." }),
  attribute: z
    .array(AttributeParameter)
    .max(16)
    .optional()
    .meta({
      description: "`name=value`, which the span has; more than once: all of them.",
      example: ["http.route=/charges"],
    }),
  text: z.string().max(500).optional().meta({ description: "Stands in the span's name or attributes." }),
  minDuration: DurationParameter.optional().meta({
    description: "Of the whole trace: `250us`, `40ms`, `1.5s`.",
    example: "40ms",
  }),
  maxDuration: DurationParameter.optional(),
  status: z.enum(["error"]).optional().meta({ description: "Only traces with a span that failed." }),
  limit: countParameter({ most: 500, unlessTold: 50 }),
  cursor: z
    .string()
    .max(8_000)
    .regex(/^-?\d{1,19}\.[0-9a-f-]{36}/, "must be next of the page before")
    .optional()
    .meta({ description: "`next` of the page before." }),
});

const TraceOfList = z
  .object({
    traceId: z.string().regex(/^[0-9a-f]{32}$/),
    start: z.iso.datetime(),
    startNs: z.string().meta({ description: "Nanoseconds since 1970." }),
    durationNs: z.string(),
    service: ServiceIdentityShape.meta({
      description: "Of the root span; of the earliest one while `rootMissing`.",
    }),
    operation: z.string(),
    rootMissing: z.boolean(),
    spanCount: z.number(),
    errorCount: z.number(),
    services: z.array(ServiceIdentityShape),
  })
  .meta({ id: "TraceSummary" });

const Traces = z
  .object({
    window: WindowShape,
    traces: z.array(TraceOfList),
    next: z.string().nullable().meta({ description: "Pass it as `cursor`; null on the last page." }),
    searchedBackTo: z.iso.datetime().nullable().meta({
      description:
        "The page was cut short because time ran out: of earlier traces nothing is known yet, `next` goes on from there.",
    }),
  })
  .meta({ id: "Traces" });

const procedure = publicProcedure
  .input(TracesQuery)
  .output(Traces)
  .query(async ({ ctx, input }) => {
    const window = windowOf(input, ctx.now());
    const { traces, next, searchedBackToNs } = await searchTraces(
      ctx.sql,
      searchOf(input, window),
      ctx.clock,
    );
    return {
      window: windowShape(window),
      traces: traces.map(traceOfList),
      next: next ?? null,
      searchedBackTo: searchedBackToNs === undefined ? null : timeText(Number(searchedBackToNs / 1_000_000n)),
    };
  });

/** A search for traces. */
export const traces: Operation = {
  path: "/traces",
  operationId: "traces",
  summary: "Traces that started in a window, the newest first.",
  description:
    "Service, version, operation, caller, attributes and text are conditions on one and the same span of a trace.",
  query: TracesQuery,
  answer: Traces,
  procedure,
};

function searchOf(input: z.infer<typeof TracesQuery>, window: TraceSearch["window"]): TraceSearch {
  const { service, version, operation, caller, attribute, text, minDuration, maxDuration } = input;
  return {
    window,
    service: service && { ...service, version },
    operation,
    calledBy: caller,
    attributes: attribute,
    text,
    minDurationMs: minDuration,
    maxDurationMs: maxDuration,
    status: input.status,
    limit: input.limit,
    before: input.cursor,
  };
}

function traceOfList(trace: TraceSummary): z.infer<typeof TraceOfList> {
  return {
    traceId: trace.traceId,
    start: timeText(Number(trace.startNs / 1_000_000n)),
    startNs: String(trace.startNs),
    durationNs: String(trace.durationNs),
    service: trace.service,
    operation: trace.operation,
    rootMissing: trace.rootMissing,
    spanCount: trace.spanCount,
    errorCount: trace.errorCount,
    services: [...trace.services],
  };
}
