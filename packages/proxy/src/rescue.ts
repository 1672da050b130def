import type { ResponseFlag } from "@weir/domain/request-path";
import { ParseFailure, type ParseReason } from "./http1/parse-failure.ts";
import { UpstreamFailure, type UpstreamFailureCode } from "./http1/upstream-failure.ts";
import { RequestFailure, type RequestFailureCode } from "./request-failure.ts";

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

/** An answer on the wire. `bodyless`: to HEAD, which gets the length but no body. */
export function writeAnswer(answer: Answer, bodyless: boolean, close: boolean): string {
  const body = `${JSON.stringify({ status: answer.status, flag: answer.flag, message: answer.message })}\n`;
  const head =
    `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? "Error"}\r\n` +
    "content-type: application/json\r\n" +
    `content-length: ${Buffer.byteLength(body)}\r\n` +
    (answer.flag === "" ? "" : `x-weir-response-flag: ${answer.flag}\r\n`) +
    (close ? "connection: close\r\n\r\n" : "\r\n");
  return bodyless ? head : head + Buffer.from(body).toString("latin1");
}

const reasons: Record<number, string> = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  505: "HTTP Version Not Supported",
};
