import { publicProcedure } from "../trpc.ts";

/**
 * Every sidecar: who it runs beside, whether it is connected and since when it is or is not (ms since 1970), which snapshot
 * it should run and which it runs.
 */
export const sidecars = publicProcedure.query(async ({ ctx }) => {
  const all = await ctx.config.listSidecars();
  return all.map(({ connectedAt, disconnectedAt, wantedAt, ackedAt, nackedAt, ...sidecar }) => ({
    ...sidecar,
    sinceMs: (sidecar.connected ? connectedAt : (disconnectedAt ?? connectedAt)).getTime(),
    wantedAtMs: wantedAt?.getTime(),
    ackedAtMs: ackedAt?.getTime(),
    nackedAtMs: nackedAt?.getTime(),
  }));
});
