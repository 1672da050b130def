import { join } from "node:path";
import type { Logger } from "@weir/telemetry/process";
import type { CollectorConfig } from "../config.ts";
import { openSpool } from "../spool/open-spool.ts";
import type { Spool } from "../spool/spool.ts";

/** What waits on disk, by what it waits for. */
export interface Spools {
  readonly database: Spool | undefined;
  /** There with tail sampling: requests of spans whose traces are not judged yet. */
  readonly verdicts: Spool | undefined;
  close(): Promise<void>;
}

/** Tail sampling needs little of the room: what waits for the database may come to gigabytes. */
const shareOfVerdicts = 0.25;

/** Throws SpoolUnavailable, one sentence. */
export async function openSpools(
  { spool, tailSampling }: Pick<CollectorConfig, "spool" | "tailSampling">,
  { log, now }: { readonly log: Logger; readonly now: () => number },
): Promise<Spools> {
  const database = spool && (await openSpool({ ...spool, log, now }));
  const verdicts =
    spool && tailSampling
      ? await openSpool({
          ...{ log, now, directory: join(spool.directory, "verdicts") },
          maxBytes: Math.floor(spool.maxBytes * shareOfVerdicts),
        })
      : undefined;
  return {
    database,
    verdicts,
    async close() {
      await Promise.all([database?.close(), verdicts?.close()]);
    },
  };
}
