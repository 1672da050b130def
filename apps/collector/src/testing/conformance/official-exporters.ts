import { OTLPLogExporter as GrpcLogs } from "@opentelemetry/exporter-logs-otlp-grpc";
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter as GrpcMetrics } from "@opentelemetry/exporter-metrics-otlp-grpc";
import { OTLPMetricExporter as JsonMetrics } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufMetrics } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter as GrpcTraces } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonTraces } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufTraces } from "@opentelemetry/exporter-trace-otlp-proto";
import type { Signal } from "@weir/telemetry/otlp";

/** As OTEL_EXPORTER_OTLP_PROTOCOL names them. */
export type Protocol = "http/json" | "http/protobuf" | "grpc";
export type Compression = "none" | "gzip";

export const signals: readonly Signal[] = ["traces", "metrics", "logs"];
export const compressions: readonly Compression[] = ["none", "gzip"];
export const protocols: readonly Protocol[] = ["http/json", "http/protobuf", "grpc"];

/** OpenTelemetry's own exporters for Node, one package each. */
export const officialExporters = {
  traces: { "http/json": JsonTraces, "http/protobuf": ProtobufTraces, grpc: GrpcTraces },
  metrics: { "http/json": JsonMetrics, "http/protobuf": ProtobufMetrics, grpc: GrpcMetrics },
  logs: { "http/json": JsonLogs, "http/protobuf": ProtobufLogs, grpc: GrpcLogs },
} as const satisfies Record<Signal, Record<Protocol, unknown>>;
