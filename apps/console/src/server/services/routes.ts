import { windowOf } from "@weir/domain";
import { serviceRoutes } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

/** More than anybody reads; a service whose paths hold ids has any number of them. */
const most = 100;

/** What was asked of a service by method and path, effective against actual. */
export const routes = publicProcedure
  .input(OfService)
  .query(async ({ ctx, input: { service, window: text } }) => {
    const window = windowOf(text, ctx.now());
    const found = await serviceRoutes(ctx.sql, service, window, most, { clock: ctx.clock });
    return { ...found, toMs: window.toMs };
  });
