import type { TraceSummary } from "@weir/store";
import { z } from "zod";

/** A trace in a list of found ones. */
export const TraceRow = z.object({
  traceId: z.string(),
  service: z.string(),
  operation: z.string(),
  /** What the root asked for, where it was an HTTP request. */
  path: z.string().optional(),
  /** The root has not come (yet): service and operation are the earliest span's. */
  rootMissing: z.boolean(),
  startMs: z.number(),
  durationNs: z.number(),
  spans: z.number(),
  errors: z.number(),
  services: z.array(z.string()),
});
export type TraceRow = z.infer<typeof TraceRow>;

/** A stored summary as the list shows it; a duration beyond 104 days loses its nanoseconds. */
export function traceRow(trace: TraceSummary, path: string | undefined): TraceRow {
  const { traceId, service, operation, rootMissing, startNs, durationNs, spanCount, errorCount } = trace;
  return {
    traceId,
    service: service.name,
    operation,
    path,
    rootMissing,
    startMs: Number(startNs / 1_000_000n),
    durationNs: Number(durationNs),
    spans: spanCount,
    errors: errorCount,
    services: [...new Set(trace.services.map(({ name }) => name))],
  };
}
