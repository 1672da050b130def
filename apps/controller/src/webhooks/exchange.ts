import { readBeginning, retryAfterMs } from "@weir/telemetry/process";
import { type Dispatcher, request } from "undici";

export interface Exchange {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it, from the look-up of the name to the last byte that is read. */
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Answer {
  /** A redirect is never followed: what is sent is for the address it was sent to. */
  readonly status: number;
  /** The beginning of the body, of {@link longestAnswer} bytes at most. */
  readonly text: string;
  /** There was more of it. */
  readonly isCut: boolean;
  readonly retryAfterMs: number | undefined;
}

/** Nobody answered, in words: what was asked for is as if it had not been asked. */
export class NoAnswer extends Error {
  readonly code = "NO_ANSWER";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NoAnswer";
  }
}

/** Of an answer no more is read; the connection is closed then. */
export const longestAnswer = 64 * 1024;

/**
 * One request to somebody else's server, who may hang, or answer with anything.
 * @throws NoAnswer when there is none in time; `signal.reason` when it was ended.
 */
export async function exchange(settings: Exchange): Promise<Answer> {
  const { url, method, headers, body, timeoutMs, dispatcher, now } = settings;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(url, {
      ...{ method, dispatcher, signal: AbortSignal.any([settings.signal, timeout]) },
      headers: { "user-agent": "weir", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const read = await readBeginning(response.body, longestAnswer);
    return {
      status: response.statusCode,
      text: read.subarray(0, longestAnswer).toString("utf8"),
      isCut: read.length > longestAnswer,
      retryAfterMs: retryAfterMs(textOf(response.headers["retry-after"]), now()),
    };
  } catch (cause) {
    settings.signal.throwIfAborted();
    if (timeout.aborted) throw new NoAnswer(`no whole answer within ${timeoutMs} ms`, { cause });
    throw new NoAnswer(`cannot be reached: ${messageOf(cause)}`, { cause });
  }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of an AggregateError (several addresses tried) the message is empty.
  return error.message || ("code" in error ? String(error.code) : error.name);
}
