import { parseSocketAddress, SocketAddress } from "@weir/domain";
import { type LogLevel, logLevels } from "@weir/telemetry/process";
import { z } from "zod";

export interface Config {
  readonly databaseUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Where people reach the console, without a slash at its end: what is told leads there. */
  readonly consoleUrl: string;
  /** Whether webhooks may be on the controller's own machine. */
  readonly webhookLoopback: boolean;
  readonly logLevel: LogLevel;
  /** Where the controller's own traces go; absent: nowhere. */
  readonly otlpEndpoint: string | undefined;
}

/** The process was started with something it cannot work with. One sentence that says what. */
export class ConfigError extends Error {
  readonly code = "CONFIG";

  constructor(message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

const Environment = z.object({
  DATABASE_URL: z
    .string("must be set, to something like postgres://user:password@host:5432/weir")
    .regex(/^postgres(ql)?:\/\/./, "must start with postgres://"),
  WEIR_CONTROLLER_LISTEN: SocketAddress.default("127.0.0.1:4600"),
  WEIR_CONSOLE_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .default("http://127.0.0.1:3000")
    .transform((url) => url.replace(/\/+$/, "")),
  WEIR_WEBHOOK_LOOPBACK: z.enum(["allow", "refuse"], "must be allow or refuse").default("refuse"),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .optional(),
});

/** Reads the environment, in which an empty variable is an absent one. The process takes no arguments. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  if (args[0] !== undefined)
    throw new ConfigError(
      `the controller takes no arguments, and was given ${args[0]}; it is set by environment`,
    );
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(set);
  if (!result.success) {
    // Values stay out of the sentence: a database's URL holds its password.
    const [issue] = result.error.issues;
    throw new ConfigError(`${issue?.path.join(".")} ${issue?.message}`);
  }
  const { DATABASE_URL, WEIR_CONTROLLER_LISTEN, LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT } = result.data;
  return {
    databaseUrl: DATABASE_URL,
    listen: parseSocketAddress(WEIR_CONTROLLER_LISTEN) ?? { host: "127.0.0.1", port: 4600 },
    consoleUrl: result.data.WEIR_CONSOLE_URL,
    webhookLoopback: result.data.WEIR_WEBHOOK_LOOPBACK === "allow",
    logLevel: LOG_LEVEL,
    otlpEndpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}
