import { createLogger, createRegistry, onShutdown, startSelfTracing } from "@weir/telemetry/process";
import { type ConsoleSettings, readConfig } from "../config.ts";
import { openChangeHub } from "./live/change-hub.ts";
import { createMeters } from "./meters.ts";
import { keepResources, type Resources } from "./resources.ts";
import { openConfigStore, openSql } from "./store.ts";

/**
 * Opens what the process needs and sees to its end. Nothing here waits for the database: pages say themselves that
 * it is away. A setting that is wrong ends the process with one sentence and exit code 1.
 */
export async function startConsole(): Promise<void> {
  const settings = settingsOrExit();
  const logger = createLogger("console", settings.logLevel);
  const registry = createRegistry("console");
  const tracing = await startSelfTracing("console", settings.otlpEndpoint);
  const resources: Resources = {
    settings,
    logger,
    registry,
    meters: createMeters(registry),
    tracer: tracing.tracer,
    config: openConfigStore(settings.databaseUrl),
    sql: openSql(settings.databaseUrl, { applicationName: "weir-console", max: 8 }),
    changes: openChangeHub(settings.databaseUrl),
  };
  keepResources(resources);
  onShutdown(async (reason) => {
    logger.info({ reason }, "stopping");
    await Promise.allSettled([
      resources.changes.close(),
      resources.config.close(),
      resources.sql.end({ timeout: 2 }),
      tracing.stop(),
    ]);
  });
  logger.info({ author: settings.author }, "console started");
}

function settingsOrExit(): ConsoleSettings {
  try {
    return readConfig();
  } catch (error) {
    process.stderr.write(`console: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
