import { Any, nanoseconds } from "../otlp/messages/well-known.ts";
import { decodeProtobuf, encodeProtobuf } from "../otlp/protobuf-body.ts";
import { field, optional, repeated } from "../otlp/schema/field.ts";
import { message } from "../otlp/schema/message.ts";
import { int32, string } from "../otlp/schema/scalars.ts";

/** A status that says when to come again; undefined: never with the same request. */
export interface RetryStatus {
  /** A google.rpc.Code. */
  readonly code: number;
  readonly message: string;
  readonly retryDelayMs?: number | undefined;
}

/** google.rpc.Status */
interface DetailedStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly Any[];
}

const DetailedStatus = message<DetailedStatus>({
  code: field(1, int32),
  message: field(2, string),
  details: repeated(3, Any),
});

/** google.rpc.RetryInfo */
interface RetryInfo {
  readonly retryDelay: bigint | undefined;
}

const RetryInfo = message<RetryInfo>({ retryDelay: optional(1, nanoseconds) });

const retryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
const nanosPerMs = 1_000_000;

/** The value of `grpc-status-details-bin` (OTLP specification: OTLP/gRPC throttling), before base64. */
export function encodeRetryStatus({ code, message, retryDelayMs }: RetryStatus): Buffer {
  if (retryDelayMs === undefined) return encodeProtobuf(DetailedStatus, { code, message });
  const retryDelay = BigInt(Math.round(retryDelayMs * nanosPerMs));
  const value = encodeProtobuf(RetryInfo, { retryDelay });
  return encodeProtobuf(DetailedStatus, { code, message, details: [{ typeUrl: retryInfoType, value }] });
}

/** Throws OtlpDecodeError. */
export function decodeRetryStatus(body: Uint8Array): RetryStatus {
  const { code, message, details } = decodeProtobuf(DetailedStatus, body);
  const info = details.find(({ typeUrl }) => typeUrl === retryInfoType);
  const delay = info && decodeProtobuf(RetryInfo, info.value).retryDelay;
  return { code, message, retryDelayMs: delay === undefined ? undefined : Number(delay) / nanosPerMs };
}
