import { logLevels } from "@weir/telemetry/process";
import { z } from "zod";
import { ConfigError } from "./config-file/config-error.ts";
import { spoolDirectory } from "./config-file/exporters-section.ts";
import { type ForwarderConfig, forwardersOf } from "./config-file/forwarders-of.ts";
import { Listen, ListenOrOff, type SocketAddress } from "./config-file/listen.ts";
import { redactionOf } from "./config-file/processors-section.ts";
import { type RetentionOverrides, retentionHours, retentionOverrides } from "./config-file/retention-of.ts";
import { type CollectorFile, parseConfigFile, readConfigFile } from "./config-file.ts";
import type { AttributeRulesSettings } from "./processors/attribute-rules/attribute-rules.ts";
import type { ProbabilisticSamplerSettings } from "./processors/sampling/probabilistic-sampler.ts";
import type { TailSamplingConfig } from "./processors/sampling/tail-sampling-config.ts";
import type { PrometheusConfig } from "./receivers/prometheus/config/prometheus-config.ts";

/** What is not set here the file may say, and what neither says has a default. */
const Environment = z.object({
  DATABASE_URL: z
    .string({ error: "is not set; it must be a Postgres URL such as postgres://user@127.0.0.1:5432/weir" })
    .regex(/^postgres(ql)?:\/\/./, "must be a Postgres URL such as postgres://user@127.0.0.1:5432/weir"),
  WEIR_COLLECTOR_CONFIG: z.string().optional(),
  WEIR_OTLP_HTTP_LISTEN: Listen.optional(),
  WEIR_OTLP_GRPC_LISTEN: ListenOrOff.optional(),
  WEIR_ZIPKIN_LISTEN: ListenOrOff.optional(),
  WEIR_SPOOL_DIR: spoolDirectory.optional(),
  WEIR_SPOOL_MAX_BYTES: z
    .string()
    .regex(/^[1-9]\d{5,14}$/, "must be a whole number of bytes, 100000 or more")
    .transform(Number)
    .optional(),
  ...retentionHours,
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL without /v1/traces" })
    .optional(),
});
type Environment = z.infer<typeof Environment>;

export { ConfigError, type SocketAddress };

export interface CollectorConfig {
  readonly databaseUrl: string;
  /** OTLP over HTTP, health and metrics. */
  readonly listen: SocketAddress;
  /** OTLP over gRPC, and Envoy's access-log service; undefined: not listened for. */
  readonly grpcListen: SocketAddress | undefined;
  readonly zipkinListen: SocketAddress | undefined;
  /** Targets to scrape; undefined: none. */
  readonly scrape: PrometheusConfig | undefined;
  readonly memory: { readonly limitBytes: number; readonly spikeBytes: number };
  readonly attributeRules: AttributeRulesSettings;
  /** Undefined: all traces are kept. */
  readonly probabilisticSampling: ProbabilisticSamplerSettings | undefined;
  /** Undefined: traces are kept without a look at what they turn out to be. Never without a spool. */
  readonly tailSampling: TailSamplingConfig | undefined;
  /** Backends that get a copy of everything. */
  readonly forwarders: readonly ForwarderConfig[];
  /** How long telemetry is kept; sums of long slots at least as long as usual. */
  readonly retentionHours: number;
  /** Kinds of telemetry that are kept for another time. */
  readonly retention: RetentionOverrides;
  /** What the database cannot take is kept there; undefined: senders are told to come again. */
  readonly spool?: { readonly directory: string; readonly maxBytes: number } | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** Where the collector sends traces of itself; undefined: nowhere. */
  readonly selfTracingEndpoint?: string | undefined;
}

/**
 * The configuration of a collector: the environment, then the file that it names, then defaults. An empty variable counts
 * as unset. Throws {@link ConfigError}, or ConfigFileInvalid.
 */
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
  const { WEIR_COLLECTOR_CONFIG: file } = result.data;
  return merge(result.data, file === undefined ? parseConfigFile("", "", set) : readConfigFile(file, set));
}

function merge(environment: Environment, file: CollectorFile): CollectorConfig {
  const { processors, exporters } = file;
  const ports = portsOf(environment, file);
  const spool = spoolOf(environment, file);
  if (processors.tail_sampling && !spool)
    throw new ConfigError(
      "processors.tail_sampling needs exporters.postgres.spool, or WEIR_SPOOL_DIR: traces wait there for their decision",
    );
  const sampler = processors.probabilistic_sampler;
  if (processors.tail_sampling && sampler)
    throw new ConfigError(
      "processors.tail_sampling and processors.probabilistic_sampler together would tear traces: give tail_sampling a policy of type probabilistic instead",
    );
  return {
    databaseUrl: environment.DATABASE_URL,
    ...ports,
    scrape: file.receivers?.prometheus?.config,
    memory: processors.memory_limiter,
    attributeRules: {
      normalise: processors.semantic_conventions.normalise,
      redaction: redactionOf(processors),
    },
    probabilisticSampling: sampler && { percentage: sampler.sampling_percentage, mode: sampler.mode },
    tailSampling: processors.tail_sampling,
    forwarders: forwardersOf(exporters.otlp_forward, ports.listen),
    ...retentionOverrides(environment, exporters.postgres.retention),
    spool,
    logLevel: environment.LOG_LEVEL,
    selfTracingEndpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

type Ports = Pick<CollectorConfig, "listen" | "grpcListen" | "zipkinListen">;

/** A file that lists receivers means those; without such a list all of them listen. */
function portsOf(environment: Environment, { receivers }: CollectorFile): Ports {
  const usual = {
    http: { host: "127.0.0.1", port: 4318 },
    grpc: { host: "127.0.0.1", port: 4317 },
    zipkin: { host: "127.0.0.1", port: 9411 },
  };
  const { http, grpc } = receivers?.otlp?.protocols ?? {};
  const grpcOfFile = grpc?.endpoint ?? (receivers?.envoy_als && usual.grpc);
  return {
    listen: environment.WEIR_OTLP_HTTP_LISTEN ?? http?.endpoint ?? usual.http,
    grpcListen: unlessOff(environment.WEIR_OTLP_GRPC_LISTEN, receivers ? grpcOfFile : usual.grpc),
    zipkinListen: unlessOff(
      environment.WEIR_ZIPKIN_LISTEN,
      receivers ? receivers.zipkin?.endpoint : usual.zipkin,
    ),
  };
}

function unlessOff(set: SocketAddress | "off" | undefined, other: SocketAddress | undefined) {
  return set === "off" ? undefined : (set ?? other);
}

function spoolOf(environment: Environment, { exporters }: CollectorFile): CollectorConfig["spool"] {
  const { spool } = exporters.postgres;
  const directory = environment.WEIR_SPOOL_DIR ?? spool?.directory;
  const maxBytes = environment.WEIR_SPOOL_MAX_BYTES ?? (spool?.max_mib ?? 1024) * 2 ** 20;
  return directory === undefined ? undefined : { directory, maxBytes };
}
