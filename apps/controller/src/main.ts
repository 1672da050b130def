import { createLogger, onShutdown, startSelfTracing } from "@weir/telemetry/process";
import { readConfig } from "./config.ts";
import { startController } from "./controller.ts";
import { defaultTimings } from "./timings.ts";

try {
  const config = readConfig();
  const logger = createLogger("controller", config.logLevel);
  const tracing = await startSelfTracing("controller", config.otlpEndpoint);
  const controller = await startController({
    ...config,
    timings: defaultTimings,
    logger,
    tracer: tracing.tracer,
  });
  onShutdown(
    async (reason) => {
      logger.info({ reason }, "the controller stops");
      await controller.stop();
      await tracing.stop();
    },
    { onFailure: (error) => logger.error({ err: error }, error.message) },
  );
} catch (error) {
  // Whatever keeps the controller from starting is for the person who started it, in one sentence.
  process.stderr.write(`weir controller: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
