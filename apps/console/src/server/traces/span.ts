import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { spanDetails } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { SpanView, spanView } from "./span-view.ts";

/** `kind` chooses where client and server share one id (Zipkin). */
const SpanOfTraceRef = z.object({
  traceId: z.string().max(64),
  spanId: z.string().max(32),
  kind: z.number(),
});

/** Attributes, events and links of one span. */
export const span = publicProcedure
  .input(SpanOfTraceRef)
  .output(SpanView)
  .query(async ({ ctx, input }) => {
    const named = await spanDetails(ctx.sql, input.traceId.toLowerCase(), [input.spanId]);
    const found = named.find((one) => one.kind === input.kind) ?? named[0];
    if (!found) throw new TRPCError({ code: "NOT_FOUND", message: `no span ${input.spanId} in this trace` });
    return spanView(found);
  });
