import { setTimeout } from "node:timers/promises";
import { createLogger, createRegistry, onShutdown, startSelfTracing } from "@weir/telemetry/process";
import { type ConsoleSettings, readConfig } from "../config.ts";
import { createInFlight } from "./in-flight.ts";
import { openChangeHub } from "./live/change-hub.ts";
import { createMeters } from "./meters.ts";
import { keepResources, type Resources } from "./resources.ts";
import { createSharedAnswers } from "./shared-answers.ts";
import { createSlots } from "./slots.ts";
import { openConfigStore, openSql } from "./store.ts";
import { openTrafficMemory } from "./traffic-memory.ts";

/** How long answers that are being worked on are waited for. */
const drainMs = 4_000;
/** For what is answered already to reach its socket. */
const lastWordsMs = 50;

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
    inFlight: createInFlight(),
    clock: () => performance.now(),
    tapSlots: createSlots(64),
    previewSlots: createSlots(3), // each reads two parts at once, of the eight connections that all answers share
    replaySlots: createSlots(4), // each holds the process for 25 ms at a time, and so all of them for a tenth of a second
    sharedAnswers: createSharedAnswers({
      ...{ keepMs: { least: 1_000, most: 3_000 }, mostBytes: 64 * 1024 * 1024 },
      now: () => performance.now(),
    }),
    traffic: openTrafficMemory({ evidenceMs: 15_000, callsMs: 30_000, now: () => performance.now() }),
  };
  keepResources(resources);
  // Of this console's own changes `answerTrpc` knows; these are everybody's.
  resources.changes.listen((kind) => {
    if (kind !== "telemetry") resources.sharedAnswers.forget();
  });
  // Next's own handlers wait for ever for a page that follows changes, and then end with a code of failure.
  for (const signal of ["SIGTERM", "SIGINT"]) process.removeAllListeners(signal);
  onShutdown(async (reason) => {
    logger.info({ reason }, "stopping");
    await resources.changes.close();
    await resources.inFlight.idle(drainMs);
    await setTimeout(lastWordsMs);
    await Promise.allSettled([resources.config.close(), resources.sql.end({ timeout: 2 }), tracing.stop()]);
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
