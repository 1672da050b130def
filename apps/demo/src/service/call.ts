import { type Agent, request as httpRequest } from "node:http";
import type { TraceContext } from "./trace-context.ts";

export type CallOptions = { body?: unknown; timeoutMs?: number };

/**
 * Calls another service by its plain name and returns its JSON body.
 * @throws DependencyError for everything but a 2xx answer
 */
export type Call = <T>(service: string, method: string, path: string, options?: CallOptions) => Promise<T>;

/** Why a dependency gave no usable answer. `refused` is a 4xx it decided on; the others are its or the path's failure. */
export type DependencyFailure = "refused" | "failed" | "timeout" | "unreachable";

export class DependencyError extends Error {
  readonly code = "dependency";
  readonly service: string;
  readonly failure: DependencyFailure;
  /** The answer's status; absent when there was no answer. */
  readonly status: number | undefined;
  /** The answer's own error code, where it gave one. */
  readonly reason: string | undefined;

  constructor(
    service: string,
    failure: DependencyFailure,
    message: string,
    answer: { status?: number; reason?: string | undefined } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.service = service;
    this.failure = failure;
    this.status = answer.status;
    this.reason = answer.reason;
  }
}

const defaultTimeoutMs = 2_000;
const maxAnswerBytes = 4 * 1024 * 1024;

/** The agent decides the way, see `outgoing-agent.ts`. */
export function createCall(agent: Agent, context: TraceContext): Call {
  return async <T>(service: string, method: string, path: string, options: CallOptions = {}): Promise<T> => {
    const exchange = {
      agent,
      service,
      method,
      path,
      headers: context.outgoing(),
      payload: options.body === undefined ? undefined : JSON.stringify(options.body),
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    };
    const answer = await send(exchange, method !== "POST");
    if (answer.status >= 200 && answer.status < 300) return parse(service, answer.text) as T;
    throw answerError(service, answer);
  };
}

type Exchange = {
  agent: Agent;
  service: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  payload: string | undefined;
  timeoutMs: number;
};
type Received = { status: number; text: string };

/**
 * One exchange. A kept connection may be closed by the peer in the very moment it is used again; such a request never
 * reached anybody, so it is sent once more (as Node's `reusedSocket` page advises), unless the method is POST.
 */
function send(exchange: Exchange, mayResend: boolean): Promise<Received> {
  const { agent, service, method, path, headers, payload, timeoutMs } = exchange;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const entity: Record<string, string | number> =
      payload === undefined
        ? {}
        : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) };
    const request = httpRequest({
      agent,
      host: service,
      port: 80,
      method,
      path,
      signal,
      headers: { accept: "application/json", ...headers, ...entity },
    });
    const fail = (cause: Error & { code?: string }) => {
      if (mayResend && request.reusedSocket && cause.code === "ECONNRESET" && !signal.aborted) {
        send(exchange, false).then(resolve, reject);
      } else if (signal.aborted) {
        reject(
          new DependencyError(
            service,
            "timeout",
            `${service} did not answer within ${timeoutMs} ms`,
            {},
            { cause },
          ),
        );
      } else {
        const why = cause.code ?? cause.message;
        reject(
          new DependencyError(service, "unreachable", `${service} is unreachable (${why})`, {}, { cause }),
        );
      }
    };
    request.on("error", fail);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > maxAnswerBytes) response.destroy(new Error("the answer is too large"));
      });
      response.on("error", fail);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.end(payload);
  });
}

function parse(service: string, text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DependencyError(
      service,
      "failed",
      `${service} answered something that is not JSON`,
      {},
      { cause },
    );
  }
}

function answerError(service: string, { status, text }: Received): DependencyError {
  const error = readError(text);
  const message = error?.message ?? `${service} answered ${status}`;
  return new DependencyError(service, status < 500 ? "refused" : "failed", message, {
    status,
    reason: error?.code,
  });
}

/** The `{error: {code, message}}` of a service of the shop; undefined when somebody in between answered. */
function readError(text: string): { code: string; message: string } | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } };
    return typeof error?.code === "string" && typeof error.message === "string"
      ? { code: error.code, message: error.message }
      : undefined;
  } catch {
    return undefined;
  }
}
