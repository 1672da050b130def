import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { readTrace } from "./read-trace.ts";
import { SpanView, spanView } from "./span-view.ts";

/** `kind` chooses where client and server share one id (Zipkin). */
const SpanOfTraceRef = z.object({
  traceId: z.string().max(64),
  spanId: z.string().max(32),
  kind: z.number(),
});

/** Attributes, events and decisions of one span. */
export const span = publicProcedure
  .input(SpanOfTraceRef)
  .output(SpanView)
  .query(async ({ ctx, input }) => {
    const { spans, decisions } = await readTrace(ctx.sql, input.traceId.toLowerCase());
    const named = spans.filter((one) => one.spanId === input.spanId);
    const found = named.find((one) => one.kind === input.kind) ?? named[0];
    if (!found) throw new TRPCError({ code: "NOT_FOUND", message: `no span ${input.spanId} in this trace` });
    return spanView(found, decisions.get(found.spanId) ?? []);
  });
