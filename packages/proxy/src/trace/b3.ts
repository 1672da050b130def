import type { Fields } from "../http1/fields.ts";
import type { RemoteContext, TraceContext } from "./trace-context.ts";

const single = /^([0-9a-f]{32}|[0-9a-f]{16})-([0-9a-f]{16})(?:-([01d])(?:-[0-9a-f]{16})?)?$/;

/** Reads B3 in either of its forms (openzipkin/b3-propagation); a 64-bit trace id is padded on the left. */
export function parseB3(fields: Fields): RemoteContext | undefined {
  const one = fields.get("b3");
  if (one !== undefined) {
    const match = single.exec(one.toLowerCase());
    return match ? context(match[1], match[2], match[3]) : undefined;
  }
  const sampled = fields.get("x-b3-flags") === "1" ? "d" : fields.get("x-b3-sampled");
  return context(fields.get("x-b3-traceid"), fields.get("x-b3-spanid"), sampled);
}

/** Passes B3 on in the form, or forms, that came in. */
export function writeB3(fields: Fields, span: TraceContext): void {
  const sampled = span.sampled ? "1" : "0";
  if (fields.get("b3") !== undefined) {
    const parent = span.parentSpanId === undefined ? "" : `-${span.parentSpanId}`;
    fields.set("b3", `${span.traceId}-${span.spanId}-${sampled}${parent}`);
  }
  if (fields.get("x-b3-traceid") === undefined) return;
  fields.set("X-B3-TraceId", span.traceId);
  fields.set("X-B3-SpanId", span.spanId);
  if (span.parentSpanId !== undefined) fields.set("X-B3-ParentSpanId", span.parentSpanId);
  if (fields.get("x-b3-flags") !== "1") fields.set("X-B3-Sampled", sampled);
}

function context(
  traceId: string | undefined,
  spanId: string | undefined,
  sampled: string | undefined,
): RemoteContext | undefined {
  const trace = traceId?.toLowerCase() ?? "";
  const span = spanId?.toLowerCase() ?? "";
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{16})$/.test(trace) || /^0+$/.test(trace)) return undefined;
  if (!/^[0-9a-f]{16}$/.test(span) || /^0+$/.test(span)) return undefined;
  return { traceId: trace.padStart(32, "0"), spanId: span, sampled: choice(sampled) };
}

function choice(sampled: string | undefined): boolean | undefined {
  if (sampled === undefined) return undefined;
  return sampled === "1" || sampled === "d" || sampled.toLowerCase() === "true";
}
