import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { envelope } from "./envelope.ts";
import { readTrace } from "./read-traces.ts";

const TracePath = z.object({
  traceID: z.string().regex(/^[0-9a-fA-F]{1,32}$/, "a trace id has up to 32 hexadecimal digits"),
});

/** `/traces/{traceID}`. */
export const trace = publicProcedure.input(TracePath).query(async ({ ctx, input }) => {
  const found = await readTrace(ctx.sql, input.traceID);
  if (!found) throw new TRPCError({ code: "NOT_FOUND", message: "trace not found" });
  return envelope([found]);
});
