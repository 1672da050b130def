import { field, optional } from "../schema/field.ts";
import { count, int64 } from "../schema/int64.ts";
import type { Kind } from "../schema/kind.ts";
import { type MessageKind, message } from "../schema/message.ts";
import { int32, string } from "../schema/scalars.ts";

/** The three signals of OTLP, by the last part of their path `/v1/…`. */
export type Signal = "traces" | "metrics" | "logs";

/** What a receiver did not take; a request that was taken whole has none. */
export interface PartialSuccess {
  /** Spans, data points or log records. */
  readonly rejected: number;
  readonly errorMessage: string;
}

/** google.rpc.Status without its details. */
export interface Status {
  /** A google.rpc.Code. */
  readonly code: number;
  readonly message: string;
}

export const Status = message<Status>({ code: field(1, int32), message: field(2, string) });

/** The codes of google.rpc.Code that a receiver answers with. */
export const rpcCode = {
  invalidArgument: 3,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

const rejectedCount: Kind<number> = {
  ...count,
  wireType: int64.wireType,
  write: int64.write,
  read: (reader) => Number(int64.read(reader)),
};

interface ExportResponse {
  readonly partialSuccess: { readonly [name: string]: number | string } | undefined;
}

/** Name of the count in each signal's partial success; the responses differ in nothing else. */
export const rejectedNames = {
  traces: "rejectedSpans",
  metrics: "rejectedDataPoints",
  logs: "rejectedLogRecords",
} as const satisfies Record<Signal, string>;

/** `Export{Trace,Metrics,Logs}ServiceResponse`, by signal. */
export const ExportResponse: Record<Signal, MessageKind<ExportResponse>> = {
  traces: responseOf("traces"),
  metrics: responseOf("metrics"),
  logs: responseOf("logs"),
};

function responseOf(signal: Signal): MessageKind<ExportResponse> {
  return message<ExportResponse>({
    partialSuccess: optional(
      1,
      message<{ readonly [name: string]: number | string }>({
        [rejectedNames[signal]]: field(1, rejectedCount),
        errorMessage: field(2, string),
      }),
    ),
  });
}
