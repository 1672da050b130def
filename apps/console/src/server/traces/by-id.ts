import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { readTrace } from "./read-trace.ts";
import { FoundTrace, traceView } from "./trace-view.ts";

const MaybeTrace = z.discriminatedUnion("found", [FoundTrace, z.object({ found: z.literal(false) })]);

/** One trace. Not finding it is an answer, not an error: it may not have been sampled, or may be on its way. */
export const byId = publicProcedure
  .input(z.object({ traceId: z.string().max(64) }))
  .output(MaybeTrace)
  .query(async ({ ctx, input }) => {
    const { spans, decisions } = await readTrace(ctx.sql, input.traceId.toLowerCase());
    return spans.length === 0 ? { found: false as const } : traceView(spans, decisions, ctx.now());
  });
