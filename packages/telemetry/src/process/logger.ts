import { type Logger, type LoggerOptions, pino } from "pino";

export type { Logger } from "pino";

/** Levels that `LOG_LEVEL` may name, the most talkative first. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** JSON lines on stdout, each with the process's name; written synchronously so that a crash loses none. */
export function createLogger(name: string, level: LogLevel = "info"): Logger {
  const options: LoggerOptions = {
    base: { name, pid: process.pid },
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, pino.destination({ fd: 1, sync: true }));
}
