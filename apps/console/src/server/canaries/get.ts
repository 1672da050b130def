import { TRPCError } from "@trpc/server";
import { publicProcedure } from "../trpc.ts";
import { CanaryService, ServiceRef } from "./canary-schemas.ts";
import { canaryService } from "./canary-service.ts";

/** One service's versions, its canary, and the mode in force. */
export const get = publicProcedure
  .input(ServiceRef)
  .output(CanaryService)
  .query(async ({ ctx, input }) => {
    const [services, policies] = await Promise.all([ctx.config.listServices(), ctx.config.listPolicies()]);
    const service = services.find((s) => s.namespace === input.namespace && s.name === input.service);
    if (!service)
      throw new TRPCError({
        code: "NOT_FOUND",
        message: `no service ${input.service} in namespace ${input.namespace}`,
      });
    return canaryService(service, policies);
  });
