import { recentRequests } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { requestFilterOf, TapFilter } from "./tap-filter.ts";
import { tappedRequest } from "./tapped-request.ts";

const lookBackMs = 5 * 60_000;
const most = 500;

/** The newest requests of the last five minutes, newest first: what is there before more comes. */
export const recent = publicProcedure.input(TapFilter).query(async ({ ctx, input }) => {
  const nowMs = ctx.now();
  const window = { fromMs: nowMs - lookBackMs, toMs: nowMs + 1_000 };
  const { requests } = await recentRequests(ctx.sql, requestFilterOf(input), window, most, {
    clock: ctx.clock,
  });
  return requests.map(tappedRequest);
});
