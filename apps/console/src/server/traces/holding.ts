import { z } from "zod";
import { spansHolding } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

const HeldInTrace = z.object({
  traceId: z.string().max(64),
  /** Of an attribute; absent: the value is a text anywhere in a span. */
  name: z.string().max(300).optional(),
  value: z.string().min(1).max(1_000),
});

/** Which spans of a trace have an attribute or a text, none of which the trace's page has by itself. */
export const holding = publicProcedure
  .input(HeldInTrace)
  /** The id of each, 16 digits, and its kind, one: one after another, as the spans of a trace are. */
  .output(z.object({ spans: z.string() }))
  .query(async ({ ctx, input: { traceId, name, value } }) => ({
    spans: await spansHolding(ctx.sql, traceId.toLowerCase(), { name, value }),
  }));
