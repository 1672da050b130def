import type { Signal } from "@weir/telemetry/otlp";
import type { HttpClient } from "../http1/http-client.ts";
import type { ExportItem, SendOutcome } from "./export-queue.ts";

const paths: Record<Signal, string> = { traces: "/v1/traces", metrics: "/v1/metrics", logs: "/v1/logs" };

/** The only statuses that are worth another attempt (OTLP specification: OTLP/HTTP response, retryable). */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sends one request to an OTLP/HTTP receiver. Never rejects: a receiver that is away is a reason to retry. */
export async function sendOtlp(client: HttpClient, item: ExportItem): Promise<SendOutcome> {
  try {
    const { status, fields } = await client.post(paths[item.signal], "application/x-protobuf", item.body);
    if (status >= 200 && status < 300) return { kind: "sent" };
    const reason = `the receiver answered ${status}`;
    if (!retryable.has(status)) return { kind: "refused", reason };
    return { kind: "retry", reason, afterMs: retryAfterMs(fields.get("retry-after")) };
  } catch (error) {
    return { kind: "retry", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Seconds only, and at most a minute: a date would need the receiver's clock (RFC 9110 10.2.3). */
function retryAfterMs(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Math.min(60, Number(value)) * 1000 : undefined;
}
