import type { ServerResponse } from "node:http";
import type { Finding } from "@weir/domain";

/** A request that is answered with an error, and how. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly findings: readonly Finding[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    detail: { findings?: readonly Finding[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = "HttpFailure";
    this.status = status;
    this.code = code;
    this.findings = detail.findings;
    this.headers = detail.headers ?? {};
  }
}

/** Answers with `{"error":{"code","message","findings"?}}`; does nothing once an answer has begun. */
export function sendFailure(response: ServerResponse, failure: HttpFailure): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, code, message, findings, headers } = failure;
  const body = JSON.stringify({ error: { code, message, ...(findings ? { findings } : {}) } });
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
