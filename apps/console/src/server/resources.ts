import type { ConfigStore, Sql } from "@weir/store";
import type { Logger, Registry, Tracer } from "@weir/telemetry/process";
import type { ConsoleSettings } from "../config.ts";
import type { InFlight } from "./in-flight.ts";
import type { ChangeHub } from "./live/change-hub.ts";
import type { Meters } from "./meters.ts";
import type { SharedAnswers } from "./shared-answers.ts";
import type { Slots } from "./slots.ts";
import type { TrafficMemory } from "./traffic-memory.ts";

/** What one console process holds open for as long as it runs. */
export interface Resources {
  readonly settings: ConsoleSettings;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly meters: Meters;
  readonly tracer: Tracer;
  readonly config: ConfigStore;
  readonly sql: Sql;
  readonly changes: ChangeHub;
  readonly inFlight: InFlight;
  /** Milliseconds by a clock that is never set: by it answers are cut short that took long enough. */
  readonly clock: () => number;
  readonly sharedAnswers: SharedAnswers;
  /** Of streams of requests, each of which asks the database a few times a second. */
  readonly tapSlots: Slots;
  /** Of drafts replayed over logged requests. */
  readonly previewSlots: Slots;
  /** Of plans replayed over past requests. */
  readonly replaySlots: Slots;
  /** What policies are judged by as somebody types: requests of a service of late, and who called whom. */
  readonly traffic: TrafficMemory;
}

const slot = Symbol.for("weir.console.resources");
const holder: typeof globalThis & { [slot]?: Resources } = globalThis;

/**
 * Keeps the process's resources where every bundle finds them. On `globalThis` because Next loads a module once for
 * each bundle, and again after each edit in development: a module's own variable would be another one each time.
 */
export function keepResources(resources: Resources): void {
  holder[slot] = resources;
}

/** The process's resources, opened by `startConsole` before the first request. */
export function resources(): Resources {
  const kept = holder[slot];
  if (!kept) throw new Error("the console was not started; instrumentation.ts opens what requests need");
  return kept;
}
