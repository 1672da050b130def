import { WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { decisionsOfPolicy, topology } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { CanaryService } from "./canary-schemas.ts";
import { canaryService, isSplittable } from "./canary-service.ts";
import { decidedShares, observedShares } from "./shares.ts";

const Shares = z.array(z.object({ version: z.string(), share: z.number() }));

const CanaryListItem = z.object({
  service: CanaryService,
  rps: z.number(),
  /** Of the requests that arrived; empty without any. */
  observed: Shares,
  /** Of the sidecars' decisions; empty without any. */
  decided: Shares,
});
export type CanaryListItem = z.infer<typeof CanaryListItem>;

/** Services with several versions or a canary, those with a canary first. */
export const list = publicProcedure
  .input(z.object({ length: WindowText }))
  .output(z.array(CanaryListItem))
  .query(async ({ ctx, input }) => {
    const window = windowOf(input.length, ctx.now());
    const [services, policies, map] = await Promise.all([
      ctx.config.listServices(),
      ctx.config.listPolicies(),
      topology(ctx.sql, window),
    ]);
    const shown = services.map((service) => canaryService(service, policies)).filter(isSplittable);
    shown.sort((a, b) => Number(b.canary !== undefined) - Number(a.canary !== undefined));
    return Promise.all(
      shown.map(async (service) => {
        const node = map.nodes.find(
          (n) => n.namespace === service.namespace && n.service === service.service,
        );
        const requests = node?.versions.reduce((sum, version) => sum + version.requests, 0) ?? 0;
        const decisions =
          service.canary &&
          (await decisionsOfPolicy(
            ctx.sql,
            { namespace: service.namespace, name: service.canary.name },
            window,
          ));
        return {
          service,
          rps: map.coveredSeconds > 0 ? requests / map.coveredSeconds : 0,
          observed: observedShares(node?.versions ?? []),
          decided: decidedShares(decisions?.verdicts ?? []),
        };
      }),
    );
  });
