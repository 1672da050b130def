import { contentTypes, decodeResponse, decodeStatus, type PartialSuccess } from "@weir/telemetry/otlp";
import { readBeginning, retryAfterMs } from "@weir/telemetry/process";
import type { Dispatcher } from "undici";
import { PermanentFailure, RetryableFailure } from "./delivery-failure.ts";
import type { ForwardRequest, Send } from "./forward-request.ts";

export interface HttpSenderSettings {
  readonly dispatcher: Dispatcher;
  /** Of the endpoint; `v1/traces` and its like are put behind its path. */
  readonly endpoint: URL;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Statuses that are worth another attempt (OTLP specification: OTLP/HTTP, retryable response codes). */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Of an answer no more is read. */
const longestAnswer = 64 * 1024;

/** One attempt, by OTLP/HTTP. A backend that cannot be reached is a reason to try again. */
export function sendByHttp(settings: HttpSenderSettings): Send {
  const base = settings.endpoint.pathname.replace(/\/+$/, "");
  return async (request, abort) => {
    const { status, headers, body } = await post(settings, `${base}/v1/${request.signal}`, request, abort);
    if (status >= 200 && status < 300) return partialSuccessOf(request, body);
    const reason = reasonOf(status, body, request.encoding);
    if (!retryable.has(status)) throw new PermanentFailure(reason);
    throw new RetryableFailure(reason, {
      retryAfterMs: retryAfterMs(headers["retry-after"], settings.now()),
    });
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

async function post(
  { dispatcher, endpoint, headers }: HttpSenderSettings,
  path: string,
  { encoding, coding, body }: ForwardRequest,
  abort: AbortSignal,
): Promise<Answer> {
  try {
    const response = await dispatcher.request({
      origin: endpoint.origin,
      path,
      method: "POST",
      headers: {
        ...headers,
        "content-type": contentTypes[encoding],
        ...(coding && { "content-encoding": coding }),
      },
      body,
      signal: abort,
    });
    return {
      status: response.statusCode,
      headers: response.headers as Answer["headers"],
      body: await readBeginning(response.body, longestAnswer),
    };
  } catch (cause) {
    throw new RetryableFailure(`cannot reach ${endpoint.origin}: ${messageOf(cause)}`, { cause });
  }
}

/** A 2xx is a success, whatever its body. */
function partialSuccessOf({ signal, encoding }: ForwardRequest, body: Buffer): PartialSuccess | undefined {
  try {
    const partial = decodeResponse(signal, body, encoding);
    return partial && (partial.rejected > 0 || partial.errorMessage !== "") ? partial : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf(status: number, body: Buffer, encoding: ForwardRequest["encoding"]): string {
  try {
    const { message } = decodeStatus(body, encoding);
    if (message !== "") return `answered ${status}: ${message.slice(0, 500)}`;
  } catch {
    // Proxies in between answer in HTML; the status says enough.
  }
  return `answered ${status}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of an AggregateError (several addresses tried) the message is empty.
  return error.message || ("code" in error ? String(error.code) : error.name);
}
