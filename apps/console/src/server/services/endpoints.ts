import { registeredEndpoints } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

/** Where a service is reached, and until when: its sidecars with their leases. */
export const endpoints = publicProcedure
  .input(OfService.pick({ service: true }))
  .query(({ ctx, input: { service } }) => registeredEndpoints(ctx.sql, service));
