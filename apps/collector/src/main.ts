import { createLogger, createRegistry, onShutdown, startSelfTracing } from "@weir/telemetry/process";
import { ConfigError, readConfig } from "./config.ts";
import { startCollector } from "./pipeline.ts";
import { processMemory } from "./processors/memory-limiter/process-memory.ts";

try {
  const config = readConfig();
  const log = createLogger("collector", config.logLevel);
  const registry = createRegistry("collector");
  const tracing = await startSelfTracing("collector", config.selfTracingEndpoint);
  const collector = await startCollector({
    ...{ config, log, registry, tracer: tracing.tracer, now: Date.now },
    memory: { ...config.memory, ...processMemory() },
  });
  onShutdown(
    async (reason) => {
      log.info({ reason }, "stopping");
      await collector.stop();
      await tracing.stop();
      log.info("stopped");
    },
    { onFailure: (error) => log.error(error.message) },
  );
} catch (error) {
  const cause = error instanceof Error ? error : new Error(String(error));
  console.error(
    cause instanceof ConfigError || "code" in cause ? `weir collector: ${cause.message}` : cause.stack,
  );
  process.exit(1);
}
