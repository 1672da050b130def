import { decodeProtobuf, encodeProtobuf } from "../otlp/protobuf-body.ts";
import { field } from "../otlp/schema/field.ts";
import { message } from "../otlp/schema/message.ts";
import { enumeration, string } from "../otlp/schema/scalars.ts";

/** grpc.health.v1.HealthCheckResponse.ServingStatus */
export const servingStatus = { unknown: 0, serving: 1, notServing: 2, serviceUnknown: 3 } as const;

const HealthCheckRequest = message<{ readonly service: string }>({ service: field(1, string) });

const HealthCheckResponse = message<{ readonly status: number }>({
  status: field(1, enumeration(["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"])),
});

/** The service that a grpc.health.v1.HealthCheckRequest asks about; empty: the server as a whole. Throws OtlpDecodeError. */
export function decodeHealthCheck(body: Uint8Array): string {
  return decodeProtobuf(HealthCheckRequest, body).service;
}

export function encodeHealthCheck(service: string): Buffer {
  return encodeProtobuf(HealthCheckRequest, { service });
}

export function encodeServingStatus(status: number): Buffer {
  return encodeProtobuf(HealthCheckResponse, { status });
}

/** Throws OtlpDecodeError. */
export function decodeServingStatus(body: Uint8Array): number {
  return decodeProtobuf(HealthCheckResponse, body).status;
}
