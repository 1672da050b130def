import { flushCompileCache } from "node:module";
import { createLogger } from "@weir/telemetry/logger";
import { onShutdown } from "@weir/telemetry/shutdown";
import { readConfig } from "./config/read-config.ts";
import { processLogLevel } from "./config.ts";
import { type Sidecar, startSidecar } from "./sidecar.ts";

export interface RunSidecarOptions {
  /** YAML file, see `sidecar-config.schema.json`. */
  readonly configFile: string;
}

/**
 * Runs a sidecar as this process: resolves once it serves, and from then on SIGTERM, SIGINT or the loss of a
 * supervisor end it gracefully. Rejects with ConfigInvalid or ListenFailed, each one clear sentence.
 */
export async function runSidecar({ configFile }: RunSidecarOptions): Promise<Sidecar> {
  const log = createLogger("sidecar", processLogLevel());
  const sidecar = await startSidecar({ ...(await readConfig(configFile)), log });
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
