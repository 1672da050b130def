import { userInfo } from "node:os";
import { authorOfUser, looksLikeOwnAuthor, ownAuthorRefused } from "@weir/domain";
import { z } from "zod";

const listOfNames = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ""),
  );

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }),
  WEIR_AUTHOR: z
    .string()
    .min(1)
    .max(128)
    .refine((author) => !looksLikeOwnAuthor(author), ownAuthorRefused)
    .optional(),
  WEIR_CONTROLLER_URL: z.url().default("http://127.0.0.1:4600"),
  WEIR_COLLECTOR_URL: z.url().default("http://127.0.0.1:4318"),
  /** Names, besides loopback ones, under which browsers may reach the console. */
  WEIR_CONSOLE_HOSTS: listOfNames,
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export interface ConsoleSettings {
  readonly databaseUrl: string;
  /** Who stands in the audit as the author of changes made here. */
  readonly author: string;
  readonly controllerUrl: string;
  readonly collectorUrl: string;
  readonly allowedHosts: readonly string[];
  readonly otlpEndpoint: string | undefined;
  readonly logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
}

/** Settings from the environment; throws an Error of one sentence that names the variable and what it must be. */
export function readConfig(environment: Record<string, string | undefined> = process.env): ConsoleSettings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = issue?.path.join(".") ?? "environment";
    const missing = !environment[name];
    throw new Error(`${name} ${missing ? "is not set" : `is wrong: ${issue?.message ?? "not accepted"}`}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    author: env.WEIR_AUTHOR ?? nameOfUser(),
    controllerUrl: env.WEIR_CONTROLLER_URL,
    collectorUrl: env.WEIR_COLLECTOR_URL,
    allowedHosts: env.WEIR_CONSOLE_HOSTS,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: env.LOG_LEVEL,
  };
}

function nameOfUser(): string {
  try {
    return authorOfUser(userInfo().username);
  } catch {
    return "unknown"; // a container's user may have no entry in the password file
  }
}
