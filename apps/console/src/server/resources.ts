import { type ConfigStore, openConfigStore, openSql, type Sql } from "@weir/store";
import { type ConsoleSettings, readConfig } from "../config.ts";
import { type ChangeHub, openChangeHub } from "./live/change-hub.ts";

/** What one console process holds open: made once, at the first request that needs it. */
export interface Resources {
  readonly settings: ConsoleSettings;
  readonly config: ConfigStore;
  readonly sql: Sql;
  readonly changes: ChangeHub;
}

const slot = Symbol.for("weir.console.resources");
const holder: typeof globalThis & { [slot]?: Resources } = globalThis;

/**
 * The process's resources. Kept on `globalThis` because Next loads this module once for each bundle, and again
 * after each edit in development: a module's own variable would open a new pool every time.
 */
export function resources(): Resources {
  holder[slot] ??= openResources(readConfig());
  return holder[slot];
}

function openResources(settings: ConsoleSettings): Resources {
  return {
    settings,
    config: openConfigStore(settings.databaseUrl),
    sql: openSql(settings.databaseUrl, { applicationName: "weir-console", max: 8 }),
    changes: openChangeHub(settings.databaseUrl),
  };
}
