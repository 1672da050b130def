import { z } from "zod";
import { spanColumns } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { traceColumns } from "./trace-columns.ts";

/** A trace without its attributes, which are asked for span by span: a trace of 100,000 spans must stay light. */
const FoundTrace = z.object({
  found: z.literal(true),
  traceId: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  nowMs: z.number(),
  /** False: it has more spans than a page can show; those that start last are missing. */
  isWhole: z.boolean(),
  spans: z.number(),
  /** JSON of {@link TraceColumns}, as text: the transport would look at each of its numbers otherwise. */
  columns: z.string(),
});
export type FoundTrace = z.infer<typeof FoundTrace>;

const MaybeTrace = z.discriminatedUnion("found", [FoundTrace, z.object({ found: z.literal(false) })]);

/** One trace. Not finding it is an answer, not an error: it may not have been sampled, or may be on its way. */
export const byId = publicProcedure
  .input(z.object({ traceId: z.string().max(64) }))
  .output(MaybeTrace)
  .query(async ({ ctx, input }) => {
    const traceId = input.traceId.toLowerCase();
    const columns = await spanColumns(ctx.sql, traceId);
    if (!columns) return { found: false as const };
    const { spans, isWhole, startNs, endNs } = columns;
    return {
      ...{ found: true as const, traceId, spans, isWhole, nowMs: ctx.now() },
      ...{ startMs: Number(startNs / 1_000_000n), endMs: Number(endNs / 1_000_000n) },
      columns: traceColumns(columns),
    };
  });
