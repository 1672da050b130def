import { resolve } from "node:path";

/** What every service of the shop is told by its environment. Peers are never configured: they have plain names. */
export type ServiceConfig = {
  name: string;
  version: string;
  /** Listens on 127.0.0.1; 0 lets the system choose (the registration file tells which). */
  port: number;
  dataDir: string;
  logLevel: string;
  /** Share of reads that fail in `inventory` and `recommendations`, 0..1. A shop's everyday trouble. */
  backgroundErrorRate: number;
};

export type LoadgenConfig = { target: URL; rps: number };

type Environment = Record<string, string | undefined>;

/** The environment says something that cannot be used; the message names the variable and what is expected. */
export class ConfigError extends Error {
  readonly code = "config-invalid";
}

export const maxRps = 200;

/** Reads PORT, SERVICE_NAME, SERVICE_VERSION, DATA_DIR, LOG_LEVEL and BACKGROUND_ERROR_RATE. @throws ConfigError */
export function readServiceConfig(defaultName: string, env: Environment = process.env): ServiceConfig {
  return {
    name: word(env, "SERVICE_NAME", defaultName),
    version: word(env, "SERVICE_VERSION", "v1"),
    port: number(env, "PORT", undefined, { min: 0, max: 65_535, whole: true }),
    dataDir: readDataDir(env),
    logLevel: oneOf(env, "LOG_LEVEL", "info", ["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    backgroundErrorRate: number(env, "BACKGROUND_ERROR_RATE", 0.01, { min: 0, max: 1 }),
  };
}

/** Reads TARGET (the shop's address) and RATE (requests per second, 0..200). @throws ConfigError */
export function readLoadgenConfig(env: Environment = process.env): LoadgenConfig {
  const target = URL.parse(env.TARGET ?? "http://127.0.0.1:8080");
  if (target?.protocol !== "http:") {
    throw new ConfigError(`TARGET must be an http:// address, but is "${env.TARGET}"`);
  }
  return { target, rps: number(env, "RATE", 8, { min: 0, max: maxRps }) };
}

/** The folder that holds the shop's state, absolute. @throws ConfigError when DATA_DIR is not set */
export function readDataDir(env: Environment = process.env): string {
  if (!env.DATA_DIR) {
    throw new ConfigError(
      "DATA_DIR is not set: name the folder in which the shop keeps its orders and stock",
    );
  }
  return resolve(env.DATA_DIR);
}

/** The HTTP proxy that calls to the other services go by. */
export function readProxy(env: Environment = process.env): string | undefined {
  return env.HTTP_PROXY || env.http_proxy || undefined;
}

function word(env: Environment, variable: string, fallback: string): string {
  const value = env[variable] || fallback;
  if (/^[a-z0-9][a-z0-9.-]{0,62}$/.test(value)) return value;
  throw new ConfigError(`${variable} must be lower case letters, digits, "-" and ".", but is "${value}"`);
}

function oneOf(env: Environment, variable: string, fallback: string, choices: string[]): string {
  const value = env[variable] || fallback;
  if (choices.includes(value)) return value;
  throw new ConfigError(`${variable} must be one of ${choices.join(", ")}, but is "${value}"`);
}

function number(
  env: Environment,
  variable: string,
  fallback: number | undefined,
  bounds: { min: number; max: number; whole?: boolean },
): number {
  const text = env[variable]?.trim() ?? "";
  if (text === "" && fallback !== undefined) return fallback;
  const value = text === "" ? Number.NaN : Number(text);
  const fits = value >= bounds.min && value <= bounds.max && (!bounds.whole || Number.isInteger(value));
  if (fits) return value;
  const kind = bounds.whole ? "a whole number" : "a number";
  throw new ConfigError(`${variable} must be ${kind} from ${bounds.min} to ${bounds.max}, but is "${text}"`);
}
