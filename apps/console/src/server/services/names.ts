import { publicProcedure } from "../trpc.ts";

/** Every known service by name, for lists to choose from. */
export const names = publicProcedure.query(async ({ ctx }) => {
  const services = await ctx.config.listServices();
  return services.map(({ namespace, name }) => ({ namespace, name }));
});
