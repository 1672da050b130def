import { windowOf } from "@weir/domain";
import { sidecarOverhead } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

/** What a service's own sidecars added to the requests that arrived and to the calls it made. */
export const overhead = publicProcedure
  .input(OfService)
  .query(({ ctx, input: { service, window } }) =>
    sidecarOverhead(ctx.sql, service, windowOf(window, ctx.now()), { clock: ctx.clock }),
  );
