import type { ResponseFlag } from "@weir/domain/request-path";
import { Fields } from "./http1/fields.ts";
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
  readonly message: string;
  /** Whether the connection ends with the answer. */
  readonly close: boolean;
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
  if (error instanceof UpstreamFailure || error instanceof RequestFailure)
    return { ...answers[error.code], message: error.message };
  return { status: 500, flag: "", message: "the sidecar failed", close: true };
}

/** Gives an answer of the sidecar's own. */
export function giveAnswer(stream: CallerStream, method: string, answer: Answer): void {
  const body = bodyOf(answer);
  const head = headOf(answer, body);
  stream.respond(head, { kind: "length", length: body.length }, { close: answer.close });
  if (method !== "HEAD") stream.body(body);
  stream.finish();
}

/** An answer to bytes that are no request, as the wire gets it; its connection ends with it. */
export function writeAnswer(answer: Answer): string {
  const body = bodyOf(answer);
  return writeResponseHead(headOf(answer, body), { close: true }) + body.toString("latin1");
}

function bodyOf({ status, flag, message }: Answer): Buffer {
  return Buffer.from(`${JSON.stringify({ status, flag, message })}\n`);
}

function headOf({ status, flag }: Answer, body: Buffer): ResponseHead {
  const fields = new Fields();
  fields.add("content-type", "application/json");
  fields.add("content-length", `${body.length}`);
  if (flag !== "") fields.add("x-weir-response-flag", flag);
  return { status, reason: reasons[status] ?? "Error", minorVersion: 1, fields };
}

const reasons: Record<number, string> = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  505: "HTTP Version Not Supported",
};
