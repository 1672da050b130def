import type { LogLevel } from "@weir/telemetry/logger";

const levels: readonly string[] = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** `LOG_LEVEL`, the only thing a sidecar takes from its environment; `info` where it is absent or names no level. */
export function processLogLevel(): LogLevel {
  const level = process.env.LOG_LEVEL ?? "info";
  return levels.includes(level) ? (level as LogLevel) : "info";
}
