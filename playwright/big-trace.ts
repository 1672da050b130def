import { randomBytes } from "node:crypto";
import { consolePort } from "./whole-start.ts";

/** The collector's OTLP/HTTP port is shifted as the console's is. */
const otlpUrl = `http://127.0.0.1:${4318 + consolePort - 3000}/v1/traces`;
const perRequest = 5_000;

export interface SentSpan {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly service: string;
  readonly name: string;
  /** After the trace's start. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Sends a trace by OTLP over HTTP in JSON, as an application of its own would, and resolves when it is stored. */
export async function sendTrace(traceId: string, spans: readonly SentSpan[]): Promise<void> {
  const beganMs = Date.now() - 30_000;
  for (let from = 0; from < spans.length; from += perRequest) {
    const some = spans.slice(from, from + perRequest);
    const resourceSpans = [...Map.groupBy(some, ({ service }) => service)].map(([service, own]) => ({
      resource: { attributes: [text("service.name", service), text("service.namespace", "batch")] },
      scopeSpans: [{ spans: own.map((span) => toOtlp(traceId, span, beganMs)) }],
    }));
    const response = await fetch(otlpUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceSpans }),
    });
    if (!response.ok) throw new Error(`the collector answered ${response.status}: ${await response.text()}`);
  }
}

/** Another one each time: a trace that is sent again, by a worker that begins anew or in a later run, grows. */
export function newTraceId(): string {
  return randomBytes(16).toString("hex");
}

/** A span id of sixteen digits. */
export function spanIdOf(number: number): string {
  return (0xa000_0000 + number).toString(16).padStart(16, "0");
}

function toOtlp(traceId: string, span: SentSpan, beganMs: number) {
  const { spanId, parentSpanId, name, startMs, durationMs, failed, attributes = {} } = span;
  return {
    ...{ traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }), name, kind: 2 },
    startTimeUnixNano: `${Math.round((beganMs + startMs) * 1_000)}000`,
    endTimeUnixNano: `${Math.round((beganMs + startMs + durationMs) * 1_000)}000`,
    status: { code: failed ? 2 : 0 },
    attributes: Object.entries(attributes).map(([key, value]) => text(key, value)),
  };
}

function text(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
