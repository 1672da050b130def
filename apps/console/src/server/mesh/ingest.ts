import { ingestHealth } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** Whether telemetry arrives: how new the newest is, and how much came in the last minute. */
export const ingest = publicProcedure.query(async ({ ctx }) => ({
  ...(await ingestHealth(ctx.sql)),
  atMs: ctx.now(),
}));
