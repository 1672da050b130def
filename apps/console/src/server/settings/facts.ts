import { maxWindowMs, release } from "@weir/domain";
import { readCollectorStatus } from "../mesh/collector.ts";
import { serverVersion } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** What this server runs and is set to; nothing that should stay secret, such as the database's address. */
export const facts = publicProcedure.query(async ({ ctx }) => {
  const { author, collectorUrl, controllerUrl } = ctx.settings;
  const [postgres, collector] = await Promise.all([
    serverVersion(ctx.sql),
    readCollectorStatus(collectorUrl),
  ]);
  return {
    versions: { weir: release, node: process.versions.node, postgres },
    ...{ author, collectorUrl, controllerUrl, maxWindowMs },
    /** Null: it does not answer. */
    collector: collector && {
      retentionHours: collector.retentionHours ?? {},
      memoryLimitBytes: collector.memory.limitBytes,
      spoolMaxBytes: collector.spool?.maxBytes,
    },
  };
});
