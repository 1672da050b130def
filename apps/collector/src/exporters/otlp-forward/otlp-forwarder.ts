import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Signal } from "@weir/telemetry/otlp";
import type { Logger } from "@weir/telemetry/process";
import { Pool } from "undici";
import { BackendState } from "./backend-state.ts";
import { GaveUp, PermanentFailure } from "./delivery-failure.ts";
import type { ForwardRequest, Send } from "./forward-request.ts";
import { sendByHttp } from "./http-sender.ts";
import { type RetrySettings, retrying } from "./retry-sender.ts";
import { SendingQueue } from "./sending-queue.ts";
import { withTimeout } from "./timeout-sender.ts";

/** Why a request was not forwarded; a label of the metric, so the list is closed. */
export type ForwardDropReason = "queue_full" | "refused" | "gave_up" | "stopped";

/** What becomes of requests, told as it happens. */
export interface ForwardEvents {
  readonly sent: (signal: Signal) => void;
  readonly dropped: (signal: Signal, reason: ForwardDropReason) => void;
  /** An attempt failed in a way that may pass. */
  readonly failed: (signal: Signal) => void;
  /** Spans, points or records that the backend did not take of a request that it took. */
  readonly rejected: (signal: Signal, items: number) => void;
}

export interface OtlpForwarderSettings {
  /** `http://host:4318`, perhaps with a path; `/v1/traces` and its like are put behind it. */
  readonly endpoint: URL;
  readonly signals: readonly Signal[];
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: "gzip" | "none";
  /** Certificates to trust, in PEM; absent: those that Node trusts. */
  readonly ca?: string | undefined;
  /** For one attempt, its answer included. */
  readonly timeoutMs: number;
  readonly retry: RetrySettings;
  readonly queue: { readonly maxBytes: number; readonly consumers: number };
  /** What stopping may take until the rest is given up. */
  readonly graceMs: number;
  readonly events: ForwardEvents;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
}

/** Passes OTLP requests on to another backend, for which nobody waits. */
export interface OtlpForwarder {
  /** Takes a request into the queue, if it is of a wanted signal and there is room. Never throws. */
  offer(request: ForwardRequest): void;
  /** Requests and their bytes that wait or are under way. */
  readonly depth: { readonly requests: number; readonly bytes: number };
  /** Takes nothing new, and tries what is in the queue once more, within the grace. */
  stop(): Promise<void>;
}

/**
 * queue -> compression -> retry -> timeout -> HTTP, in the shape of the OpenTelemetry Collector's exporters. What does not fit
 * into the queue is dropped, and counted, as is all else that is not delivered.
 */
export function createOtlpForwarder(settings: OtlpForwarderSettings): OtlpForwarder {
  const { endpoint, events, now, random, timeoutMs } = settings;
  const wanted = new Set(settings.signals);
  const closing = new AbortController();
  const abort = new AbortController();
  const state = new BackendState(settings.log, endpoint.origin);
  const dispatcher = new Pool(endpoint.origin, {
    connections: settings.queue.consumers,
    connect: { timeout: timeoutMs, ...(settings.ca !== undefined && { ca: settings.ca }) },
  });
  const send = compressing(
    retrying(withTimeout(sendByHttp({ dispatcher, endpoint, headers: settings.headers, now }), timeoutMs), {
      ...settings.retry,
      ...{ closing: closing.signal, now, random, pause },
      onFailure({ signal }, failure) {
        events.failed(signal);
        state.tell(signal, "away", failure.message);
      },
    }),
    settings.compression,
  );
  const queue = new SendingQueue<ForwardRequest>({ ...settings.queue, deliver });

  async function deliver(request: ForwardRequest): Promise<void> {
    const { signal } = request;
    try {
      const partial = await send(request, abort.signal);
      events.sent(signal);
      if (partial) events.rejected(signal, partial.rejected);
      state.tell(signal, partial ? "partly" : "taking", partial?.errorMessage);
    } catch (error) {
      if (error instanceof PermanentFailure) state.tell(signal, "refusing", error.message);
      events.dropped(signal, reasonOf(error));
    }
  }

  return {
    offer(request) {
      if (!wanted.has(request.signal)) return;
      if (closing.signal.aborted) events.dropped(request.signal, "stopped");
      else if (!queue.offer(request, request.body.length)) events.dropped(request.signal, "queue_full");
    },
    get depth() {
      return { requests: queue.items, bytes: queue.bytes };
    },
    async stop() {
      closing.abort();
      await Promise.race([queue.empty(), pause(settings.graceMs, abort.signal)]);
      for (const { signal } of queue.clear()) events.dropped(signal, "stopped");
      abort.abort();
      await queue.empty();
      await dispatcher.destroy();
    },
  };
}

const compress = promisify(gzip);

/** Once for all attempts. */
function compressing(next: Send, compression: OtlpForwarderSettings["compression"]): Send {
  if (compression === "none") return next;
  return async (request, abort) =>
    next({ ...request, body: await compress(request.body, { level: 1 }), coding: "gzip" }, abort);
}

function reasonOf(error: unknown): ForwardDropReason {
  if (error instanceof PermanentFailure) return "refused";
  return error instanceof GaveUp ? "gave_up" : "stopped";
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // The longest that a timer takes; who waits asks again.
  await sleep(Math.min(ms, 2 ** 31 - 1), undefined, { signal, ref: false }).catch(() => undefined);
}
