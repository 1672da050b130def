import { z } from "zod";
import { topRequests } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { requestFilterOf, TapFilter } from "./tap-filter.ts";
import { isSortable } from "./top-order.ts";
import { notSortable, TopKeys, TopSortKey } from "./top-query.ts";

const windowMs = 60_000;
const most = 200;

const TopInput = TapFilter.extend({ by: TopKeys, sort: TopSortKey, descending: z.boolean() }).refine(
  ({ by, sort }) => isSortable(sort, by),
  notSortable,
);

/** What the requests of the last minute were, put together and sorted by choice; two hundred rows at most. */
export const top = publicProcedure
  .input(TopInput)
  .query(async ({ ctx, input: { by, sort, descending, ...filter } }) => {
    const toMs = ctx.now();
    const window = { fromMs: toMs - windowMs, toMs };
    const found = await topRequests(ctx.sql, window, {
      ...{ by, sort, descending, limit: most, filter: requestFilterOf(filter) },
    });
    return { seconds: windowMs / 1_000, ...found };
  });
