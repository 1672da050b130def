import { z } from "zod";
import { addedBySidecar } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** Sidecars report every two seconds; this is long enough for a few of a quiet one. */
const lastMs = 20_000;

const Added = z.object({
  proxyId: z.string(),
  requests: z.number(),
  /** To each request, in the mean. */
  seconds: z.number(),
});

/** What each sidecar added to the requests that it carried in the last twenty seconds. */
export const overhead = publicProcedure.output(z.array(Added)).query(async ({ ctx }) => {
  const added = await addedBySidecar(ctx.sql, ctx.now() - lastMs);
  return added.map(({ proxyId, requests, seconds }) => ({ proxyId, requests, seconds: seconds / requests }));
});
