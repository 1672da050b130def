import { type Window, WindowText, windowOf } from "@weir/domain";
import type { TracePage, TraceSearch } from "@weir/store";
import { z } from "zod";
import { Namespaces } from "../services/namespaces.ts";
import { newestSlotEnd, rootPaths, searchTraces } from "../store.ts";
import { type Context, publicProcedure } from "../trpc.ts";
import { resolveService, ServiceRef } from "./resolve-service.ts";
import { TraceRow, traceRow } from "./trace-row.ts";

const pageSize = 50;

/** What is asked of spans, one and the same span must fulfil, all of it. */
const SearchTraces = z.object({
  length: WindowText,
  /** End of the window; absent: now. Pages after the first one pass that of the first. */
  untilMs: z.number().optional(),
  service: ServiceRef.optional(),
  version: z.string().max(300).optional(),
  /** Whose call the span answers. */
  caller: ServiceRef.optional(),
  operation: z.string().max(1_000).optional(),
  attributes: z
    .array(z.object({ name: z.string().max(300), value: z.string().max(1_000) }))
    .max(8)
    .optional(),
  /** Anywhere in a span: its operation, its attributes' values, its status message. */
  text: z.string().max(300).optional(),
  /** Of the whole trace, inclusive. */
  minDurationMs: z.number().min(0).optional(),
  maxDurationMs: z.number().min(0).optional(),
  errorsOnly: z.boolean().optional(),
  /** Some span is of a service in one of these. */
  namespaces: Namespaces.optional(),
  cursor: z.string().optional(),
});

const TracePageOfRows = z.object({
  traces: z.array(TraceRow),
  next: z.string().optional(),
  /** The page was cut short, as time ran out: of traces that started earlier nothing is known yet. */
  searchedBackToMs: z.number().optional(),
  fromMs: z.number(),
  untilMs: z.number(),
  /** End of the newest interval that was reported at all. */
  newestAtMs: z.number().optional(),
  nowMs: z.number(),
});
export type TracePageOfRows = z.infer<typeof TracePageOfRows>;

/** Traces in a window, the newest first, a page at a time. */
export const search = publicProcedure
  .input(SearchTraces)
  .output(TracePageOfRows)
  .query(async ({ ctx, input }) => {
    const nowMs = ctx.now();
    const window = windowOf(input.length, input.untilMs ?? nowMs);
    const [page, newestAtMs] = await Promise.all([find(ctx, window, input), newestSlotEnd(ctx.sql)]);
    const paths = await rootPaths(ctx.sql, page.traces);
    return {
      traces: page.traces.map((trace) => traceRow(trace, paths.get(trace.traceId))),
      next: page.next,
      searchedBackToMs:
        page.searchedBackToNs === undefined ? undefined : Number(page.searchedBackToNs / 1_000_000n),
      fromMs: window.fromMs,
      untilMs: window.toMs,
      newestAtMs,
      nowMs,
    };
  });

async function find(
  { sql, clock }: Context,
  window: Window,
  input: z.infer<typeof SearchTraces>,
): Promise<TracePage> {
  const { version, operation, attributes, text, minDurationMs, maxDurationMs, namespaces } = input;
  const [service, calledBy] = await Promise.all([
    input.service && resolveService(sql, window, input.service),
    input.caller && resolveService(sql, window, input.caller),
  ]);
  const search: TraceSearch = {
    ...{ window, operation, calledBy, attributes, text, minDurationMs, maxDurationMs, namespaces },
    service: service && { ...service, version },
    status: input.errorsOnly ? "error" : undefined,
    limit: pageSize,
    before: input.cursor,
  };
  return searchTraces(sql, search, clock);
}
