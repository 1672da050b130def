import { encodeResponse, type Signal } from "@weir/telemetry/otlp";
import type { Intake } from "../../intake.ts";
import type { GrpcMethod, GrpcMethods } from "./grpc-method.ts";
import { withOneMessage } from "./one-message.ts";

/** OTLP/gRPC (opentelemetry/proto/collector): answers what is taken only after it is kept. */
export function otlpMethods(intake: Intake): GrpcMethods {
  return {
    "/opentelemetry.proto.collector.trace.v1.TraceService/Export": exportOf("traces", intake),
    "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export": exportOf("metrics", intake),
    "/opentelemetry.proto.collector.logs.v1.LogsService/Export": exportOf("logs", intake),
  };
}

function exportOf(signal: Signal, intake: Intake): GrpcMethod {
  return {
    name: signal,
    answer: (call) =>
      withOneMessage(
        call,
        () => intake.enter(),
        async (body) =>
          encodeResponse(signal, await intake.consume({ signal, encoding: "protobuf", body }), "protobuf"),
      ),
  };
}
