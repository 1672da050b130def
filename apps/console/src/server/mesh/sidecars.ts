import { publicProcedure } from "../trpc.ts";

/** Every sidecar: who it runs beside, whether it is connected, which snapshot it should run and which it runs. */
export const sidecars = publicProcedure.query(({ ctx }) => ctx.config.listSidecars());
