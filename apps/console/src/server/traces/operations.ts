import { WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { serviceOperations } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

const Operations = z.array(
  z.object({ namespace: z.string(), service: z.string(), operations: z.array(z.string()) }),
);

/** Services that left spans in the window, with the names of their operations. */
export const operations = publicProcedure
  .input(z.object({ length: WindowText }))
  .output(Operations)
  .query(async ({ ctx, input }) => {
    const found = await serviceOperations(ctx.sql, windowOf(input.length, ctx.now()));
    return found.map(({ namespace, service, operations }) => ({
      namespace,
      service,
      operations: [...operations],
    }));
  });
