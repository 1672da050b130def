import { flushCompileCache } from "node:module";
import { createLogger } from "@weir/telemetry/logger";
import { onShutdown } from "@weir/telemetry/shutdown";
import { readConfig } from "./config/read-config.ts";
import { processLogLevel } from "./config.ts";
import { type Sidecar, startSidecar } from "./sidecar.ts";

export interface RunSidecarOptions {
  /** YAML file, see `sidecar-config.schema.json`. */
  readonly configFile: string;
  /** Threads that serve requests, 1 unless said otherwise; 1 is this process's own thread. */
  readonly workers?: number;
}

/**
 * Runs a sidecar as this process: resolves once it serves, and from then on SIGTERM, SIGINT or the loss of a
 * supervisor end it gracefully. Rejects with ConfigInvalid, ListenFailed or WorkerFailed, each one clear sentence.
 */
export async function runSidecar({ configFile, workers = 1 }: RunSidecarOptions): Promise<Sidecar> {
  const logLevel = processLogLevel();
  const log = createLogger("sidecar", logLevel);
  const resolved = await readConfig(configFile);
  const sidecar =
    workers === 1
      ? await startSidecar({ ...resolved, log })
      : await (await import("./workers/start-workers.ts")).startWorkers({
          ...resolved,
          log,
          logLevel,
          workers,
        });
  onShutdown(
    async (reason) => {
      log.info({ reason }, "stopping");
      await sidecar.stop();
    },
    { onFailure: (error) => log.error({ err: error }, "the sidecar did not stop cleanly") },
  );
  // Written now and not only at the end, so that the next sidecar to start, or this one killed, finds it: without it
  // the stripping of types alone leaves 20 MiB behind in every process.
  flushCompileCache();
  return sidecar;
}
