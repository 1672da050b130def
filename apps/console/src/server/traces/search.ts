import { WindowLength, windowEndingAt } from "@weir/domain";
import { z } from "zod";
import { newestSlotEnd, rootPaths, searchTraces } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { TraceRow, traceRow } from "./trace-row.ts";

const pageSize = 50;

const SearchTraces = z.object({
  length: WindowLength,
  /** End of the window; absent: now. Pages after the first one pass that of the first. */
  untilMs: z.number().optional(),
  namespace: z.string().optional(),
  service: z.string().optional(),
  operation: z.string().optional(),
  minDurationMs: z.number().min(0).optional(),
  errorsOnly: z.boolean().optional(),
  cursor: z.string().optional(),
});

const TracePageOfRows = z.object({
  traces: z.array(TraceRow),
  next: z.string().optional(),
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
    const window = windowEndingAt(input.length, input.untilMs ?? nowMs);
    const { namespace, service, operation, minDurationMs, errorsOnly, cursor } = input;
    const [page, newestAtMs] = await Promise.all([
      searchTraces(ctx.sql, {
        window,
        service: service === undefined ? undefined : { namespace: namespace ?? "", service },
        operation,
        minDurationMs,
        status: errorsOnly ? "error" : undefined,
        limit: pageSize,
        before: cursor,
      }),
      newestSlotEnd(ctx.sql),
    ]);
    const paths = await rootPaths(ctx.sql, page.traces);
    return {
      traces: page.traces.map((trace) => traceRow(trace, paths.get(trace.traceId))),
      next: page.next,
      fromMs: window.fromMs,
      untilMs: window.toMs,
      newestAtMs,
      nowMs,
    };
  });
