import { z } from "zod";
import { PrometheusConfig } from "../receivers/prometheus/config/prometheus-config.ts";
import { Listen } from "./listen.ts";

const endpointAt = (address: string) =>
  z.strictObject({ endpoint: Listen.prefault(address).describe("host:port to listen on.") });

/** `receivers` of a collector's file. */
export const ReceiversSection = z
  .strictObject({
    otlp: z
      .strictObject({
        protocols: z
          .strictObject({
            grpc: endpointAt("127.0.0.1:4317").optional(),
            http: endpointAt("127.0.0.1:4318").optional(),
          })
          .prefault({ grpc: {}, http: {} })
          .describe(
            "The port of HTTP is always open: it answers /healthz, /readyz, /metrics and /status, too.",
          ),
      })
      .optional()
      .describe("OpenTelemetry's own protocol, protobuf and JSON."),
    zipkin: endpointAt("127.0.0.1:9411").optional().describe("Zipkin v2 JSON, POST /api/v2/spans."),
    envoy_als: z
      .strictObject({})
      .optional()
      .describe("Envoy's access-log service (gRPC, v3), on the port of otlp.protocols.grpc."),
    prometheus: z
      .strictObject({ config: PrometheusConfig })
      .optional()
      .describe("Targets to scrape, in the words of Prometheus' own configuration."),
  })
  .describe("Absent: otlp, zipkin and envoy_als. Present: those that are listed.");
