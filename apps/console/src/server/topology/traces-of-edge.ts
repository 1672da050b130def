import { WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { tracesOfEdge as read } from "../store.ts";
import { traceRow } from "../traces/trace-row.ts";
import { publicProcedure } from "../trpc.ts";
import { End } from "./end.ts";

const howMany = 6;

/** The newest sampled traces in which one service called the other. */
export const tracesOfEdge = publicProcedure
  .input(z.object({ source: End, destination: End, window: WindowText }))
  .query(async ({ ctx, input: { source, destination, window } }) => {
    const atMs = ctx.now();
    const traces = await read(ctx.sql, { source, destination }, windowOf(window, atMs), howMany);
    return { traces: traces.map((trace) => traceRow(trace, undefined)), atMs };
  });
