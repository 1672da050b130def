import { type Tracer, trace } from "@opentelemetry/api";

export type { Tracer } from "@opentelemetry/api";

export interface SelfTracing {
  /** Does nothing, at the cost of a call, without an endpoint. */
  readonly tracer: Tracer;
  /** Sends what is waiting. */
  stop(): Promise<void>;
}

/**
 * Traces of the process itself, sent by OTLP/HTTP to `endpoint` (`OTEL_EXPORTER_OTLP_ENDPOINT`, without `/v1/traces`).
 * The SDK is loaded only with an endpoint: it costs some 20 MB resident.
 */
export async function startSelfTracing(serviceName: string, endpoint?: string): Promise<SelfTracing> {
  if (endpoint === undefined) return { tracer: trace.getTracer(serviceName), stop: async () => {} };
  const [{ OTLPTraceExporter }, { resourceFromAttributes }, { BatchSpanProcessor, TracerProvider }] =
    await Promise.all([
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/sdk-trace"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.namespace": "weir" }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  return { tracer: provider.getTracer(serviceName), stop: () => provider.shutdown() };
}
