import { OtlpDecodeError } from "./decode-error.ts";
import { ExportLogsServiceRequest } from "./messages/logs.ts";
import { ExportMetricsServiceRequest } from "./messages/metrics.ts";
import {
  ExportResponse,
  type PartialSuccess,
  rejectedNames,
  type Signal,
  Status,
} from "./messages/responses.ts";
import { ExportTraceServiceRequest } from "./messages/trace.ts";
import { parseJson } from "./parse-json.ts";
import { decodeProtobuf, encodeProtobuf } from "./protobuf-body.ts";
import { formatJsonPath, JsonMismatch } from "./schema/kind.ts";
import type { Draft, MessageKind } from "./schema/message.ts";

/** The two encodings of OTLP/HTTP. */
export type Encoding = "protobuf" | "json";

/** The `Content-Type` of each encoding (OTLP specification: OTLP/HTTP). */
export const contentTypes = { protobuf: "application/x-protobuf", json: "application/json" } as const;

export function encodeTraces(request: Draft<ExportTraceServiceRequest>, encoding: Encoding): Buffer {
  return encode(ExportTraceServiceRequest, request, encoding);
}

export function encodeMetrics(request: Draft<ExportMetricsServiceRequest>, encoding: Encoding): Buffer {
  return encode(ExportMetricsServiceRequest, request, encoding);
}

export function encodeLogs(request: Draft<ExportLogsServiceRequest>, encoding: Encoding): Buffer {
  return encode(ExportLogsServiceRequest, request, encoding);
}

/** Throws {@link OtlpDecodeError}, as the other decoders do. The result shares no memory with `body`. */
export function decodeTraces(body: Uint8Array, encoding: Encoding): ExportTraceServiceRequest {
  return decode(ExportTraceServiceRequest, body, encoding);
}

export function decodeMetrics(body: Uint8Array, encoding: Encoding): ExportMetricsServiceRequest {
  return decode(ExportMetricsServiceRequest, body, encoding);
}

export function decodeLogs(body: Uint8Array, encoding: Encoding): ExportLogsServiceRequest {
  return decode(ExportLogsServiceRequest, body, encoding);
}

/** The body of a 200; `partial` undefined is full success. */
export function encodeResponse(
  signal: Signal,
  partial: PartialSuccess | undefined,
  encoding: Encoding,
): Buffer {
  const partialSuccess = partial && {
    [rejectedNames[signal]]: partial.rejected,
    errorMessage: partial.errorMessage,
  };
  return encode(ExportResponse[signal], { partialSuccess }, encoding);
}

/** What the body of a 200 says was not taken; undefined for full success. */
export function decodeResponse(
  signal: Signal,
  body: Uint8Array,
  encoding: Encoding,
): PartialSuccess | undefined {
  const { partialSuccess } = decode(ExportResponse[signal], body, encoding);
  if (!partialSuccess) return undefined;
  const { [rejectedNames[signal]]: rejected, errorMessage } = partialSuccess;
  return { rejected: Number(rejected ?? 0), errorMessage: String(errorMessage ?? "") };
}

/** The body of every 4xx and 5xx. */
export function encodeStatus(status: Status, encoding: Encoding): Buffer {
  return encode(Status, status, encoding);
}

export function decodeStatus(body: Uint8Array, encoding: Encoding): Status {
  return decode(Status, body, encoding);
}

function encode<T extends object>(kind: MessageKind<T>, value: Draft<T>, encoding: Encoding): Buffer {
  // A draft lacks properties that have defaults; the writer skips what is absent.
  return encoding === "json"
    ? Buffer.from(JSON.stringify(kind.toJson(value as T)))
    : encodeProtobuf(kind, value);
}

function decode<T extends object>(kind: MessageKind<T>, body: Uint8Array, encoding: Encoding): T {
  return encoding === "json" ? decodeJson(kind, body) : decodeProtobuf(kind, body);
}

function decodeJson<T>(kind: MessageKind<T>, body: Uint8Array): T {
  let json: unknown;
  try {
    json = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new OtlpDecodeError(`not valid JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  try {
    return kind.fromJson(json);
  } catch (cause) {
    if (!(cause instanceof JsonMismatch)) throw cause;
    const path = formatJsonPath(cause.path);
    throw new OtlpDecodeError(`${path === "" ? "the body" : path} ${cause.message}`, { cause });
  }
}
