import { z } from "zod";
import { topRequests } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { requestFilterOf, TapFilter } from "./tap-filter.ts";

const windowMs = 60_000;
const most = 200;

/** What the requests of the last minute were, put together by edge, route or status; the most frequent first. */
export const top = publicProcedure
  .input(TapFilter.extend({ by: z.enum(["edge", "route", "status"]) }))
  .query(async ({ ctx, input: { by, ...filter } }) => {
    const toMs = ctx.now();
    const rows = await topRequests(
      ctx.sql,
      { fromMs: toMs - windowMs, toMs },
      by,
      most,
      requestFilterOf(filter),
    );
    return { seconds: windowMs / 1_000, rows };
  });
