import type { HeaderEdits, ResponseFlag } from "@weir/domain/request-path";
import { editHeaders } from "./filters/header-edits.ts";
import { giveGrpcAnswer } from "./grpc/grpc-answer.ts";
import { isGrpc } from "./grpc/is-grpc.ts";
import { Fields } from "./http1/fields.ts";
import type { Framing } from "./http1/framing.ts";
import { ParseFailure, type ParseReason } from "./http1/parse-failure.ts";
import type { ResponseHead } from "./http1/response-head.ts";
import { UpstreamFailure, type UpstreamFailureCode } from "./http1/upstream-failure.ts";
import { writeResponseHead } from "./http1/write-head.ts";
import { RequestFailure, type RequestFailureCode } from "./request-failure.ts";
import type { CallerStream } from "./stream/caller-stream.ts";

/** What the caller is answered; status 0: nothing, because nobody is there. */
export interface Answer {
  readonly status: number;
  readonly flag: ResponseFlag | "";
  /** What went wrong; empty: an answer without a body. */
  readonly message: string;
  /** Whether the connection ends with the answer. */
  readonly close: boolean;
  /** For a gRPC call, where it is not the one that goes with `status`. */
  readonly grpcStatus?: number | undefined;
  readonly location?: string;
  readonly headers?: HeaderEdits | undefined;
}

type FailureCode = UpstreamFailureCode | RequestFailureCode;

/** Every way a well-formed request can fail, as Envoy answers and flags it. */
const answers: Record<FailureCode, Omit<Answer, "message">> = {
  CONNECT_FAILED: { status: 503, flag: "UF", close: false },
  CONNECT_TIMEOUT: { status: 503, flag: "UF", close: false },
  UPSTREAM_CLOSED: { status: 503, flag: "UC", close: false },
  UPSTREAM_REFUSED: { status: 503, flag: "UC", close: false },
  UPSTREAM_PROTOCOL: { status: 502, flag: "UPE", close: false },
  UPSTREAM_TIMEOUT: { status: 504, flag: "UT", close: false },
  NO_ROUTE: { status: 404, flag: "NR", close: false },
  NO_HEALTHY_UPSTREAM: { status: 503, flag: "UH", close: false },
  NOT_ALLOWED: { status: 405, flag: "NR", close: true },
  CLIENT_GONE: { status: 0, flag: "DC", close: true },
  DENIED: { status: 403, flag: "RBAC", close: false },
  LIMITED: { status: 429, flag: "RL", close: false },
  OVERFLOW: { status: 503, flag: "UO", close: false },
  DEADLINE_EXCEEDED: { status: 504, flag: "UT", close: false },
  TRY_TIMEOUT: { status: 504, flag: "UT", close: false },
  RETRIES_EXHAUSTED: { status: 503, flag: "URX", close: false },
};

/** Refused bytes that are not simply 400. */
const parseStatuses: Partial<Record<ParseReason, number>> = {
  "http-0.9": 505,
  "unknown-version": 505,
  "line-too-long": 431,
  "head-too-large": 431,
  "too-many-fields": 431,
  "unknown-transfer-coding": 501,
  "body-too-large": 413,
  "head-timeout": 408,
  "body-timeout": 408,
};

/** One answer for every error: the only place where an error becomes a status. */
export function rescue(error: unknown): Answer {
  if (error instanceof ParseFailure)
    return { status: parseStatuses[error.reason] ?? 400, flag: "DPE", message: error.message, close: true };
  // How the last try failed says what to answer, the flag that there were more.
  if (error instanceof RequestFailure && error.code === "RETRIES_EXHAUSTED" && error.cause !== undefined)
    return { ...rescue(error.cause), flag: "URX" };
  if (error instanceof UpstreamFailure || error instanceof RequestFailure)
    return { ...answers[error.code], message: error.message };
  return { status: 500, flag: "", message: "the sidecar failed", close: true };
}

/** Gives an answer of the sidecar's own. Returns the status that a gRPC call got instead; undefined for others. */
export function giveAnswer(stream: CallerStream, method: string, answer: Answer): number | undefined {
  if (isGrpc(stream.head.fields)) return giveGrpcAnswer(stream, answer);
  const body = bodyOf(answer);
  const head = headOf(answer, body);
  const framing: Framing = body.length === 0 ? { kind: "none" } : { kind: "length", length: body.length };
  stream.respond(head, framing, { close: answer.close });
  if (method !== "HEAD" && body.length > 0) stream.body(body);
  stream.finish();
  return undefined;
}

/** An answer to bytes that are no request, as the wire gets it; its connection ends with it. */
export function writeAnswer(answer: Answer): string {
  const body = bodyOf(answer);
  return writeResponseHead(headOf(answer, body), { close: true }) + body.toString("latin1");
}

function bodyOf({ status, flag, message }: Answer): Buffer {
  return message === "" ? noBody : Buffer.from(`${JSON.stringify({ status, flag, message })}\n`);
}

const noBody = Buffer.alloc(0);

function headOf({ status, flag, location, headers }: Answer, body: Buffer): ResponseHead {
  const fields = new Fields();
  if (body.length > 0) fields.add("content-type", "application/json");
  fields.add("content-length", `${body.length}`);
  if (location !== undefined) fields.add("location", location);
  if (flag !== "") fields.add("x-weir-response-flag", flag);
  if (headers) editHeaders(fields, headers);
  return { status, reason: reasons[status] ?? "Error", minorVersion: 1, fields };
}

const reasons: Record<number, string> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  505: "HTTP Version Not Supported",
};
