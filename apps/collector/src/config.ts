import { isAbsolute } from "node:path";
import { parseSocketAddress } from "@weir/domain";
import { logLevels } from "@weir/telemetry/process";
import { z } from "zod";

const Listen = z.string().transform((text, context) => {
  const address = parseSocketAddress(text);
  if (address) return address;
  context.addIssue({ code: "custom", message: "must be host:port, such as 127.0.0.1:4318" });
  return z.NEVER;
});

const ListenOrOff = z.union([z.literal("off").transform(() => undefined), Listen]);

const Environment = z.object({
  DATABASE_URL: z
    .string({ error: "is not set; it must be a Postgres URL such as postgres://user@127.0.0.1:5432/weir" })
    .regex(/^postgres(ql)?:\/\/./, "must be a Postgres URL such as postgres://user@127.0.0.1:5432/weir"),
  WEIR_OTLP_HTTP_LISTEN: Listen.prefault("127.0.0.1:4318"),
  WEIR_OTLP_GRPC_LISTEN: ListenOrOff.prefault("127.0.0.1:4317"),
  WEIR_ZIPKIN_LISTEN: ListenOrOff.prefault("127.0.0.1:9411"),
  WEIR_RETENTION_HOURS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, "must be a whole number of hours, 1 to 99999")
    .transform(Number)
    .prefault("24"),
  WEIR_SPOOL_DIR: z
    .string()
    .refine(isAbsolute, "must be an absolute path: what is acknowledged must be found again")
    .optional(),
  WEIR_SPOOL_MAX_BYTES: z
    .string()
    .regex(/^[1-9]\d{5,14}$/, "must be a whole number of bytes, 100000 or more")
    .transform(Number)
    .prefault(String(2 ** 30)),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL without /v1/traces" })
    .optional(),
});

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

export interface CollectorConfig {
  readonly databaseUrl: string;
  /** OTLP over HTTP, health and metrics. */
  readonly listen: SocketAddress;
  /** OTLP over gRPC, and Envoy's access-log service; undefined: not listened for. */
  readonly grpcListen: SocketAddress | undefined;
  readonly zipkinListen: SocketAddress | undefined;
  readonly retentionHours: number;
  /** What the database cannot take is kept there; undefined: senders are told to come again. */
  readonly spool?: { readonly directory: string; readonly maxBytes: number } | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** Where the collector sends traces of itself; undefined: nowhere. */
  readonly selfTracingEndpoint?: string | undefined;
}

/** The command line or the environment is wrong; the message is one sentence and shows no secret. */
export class ConfigError extends Error {
  readonly code = "CONFIG";

  constructor(message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

/** The configuration of a collector. An empty variable counts as unset. Throws {@link ConfigError}. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  flags: readonly string[] = process.argv.slice(2),
): CollectorConfig {
  if (flags.length > 0)
    throw new ConfigError(`unknown argument ${flags[0]}: the collector is configured by its environment`);
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(set);
  if (!result.success)
    throw new ConfigError(
      result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "),
    );
  const { data } = result;
  return {
    databaseUrl: data.DATABASE_URL,
    listen: data.WEIR_OTLP_HTTP_LISTEN,
    grpcListen: data.WEIR_OTLP_GRPC_LISTEN,
    zipkinListen: data.WEIR_ZIPKIN_LISTEN,
    retentionHours: data.WEIR_RETENTION_HOURS,
    spool:
      data.WEIR_SPOOL_DIR === undefined
        ? undefined
        : { directory: data.WEIR_SPOOL_DIR, maxBytes: data.WEIR_SPOOL_MAX_BYTES },
    logLevel: data.LOG_LEVEL,
    selfTracingEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}
