import { parseB3, writeB3 } from "../trace/b3.ts";
import { SpanIds } from "../trace/span-ids.ts";
import { startSpan } from "../trace/trace-context.ts";
import { formatTraceparent, parseTraceparent } from "../trace/traceparent.ts";
import type { Stage } from "./stage.ts";

export interface TraceSettings {
  /** Off: no field is added or changed, and no span made. */
  readonly enabled: boolean;
  /** Share of traces started here that are sampled, 0 to 1. */
  readonly ratio: number;
  readonly random: () => number;
}

/** Continues the caller's trace or starts one, and passes it on with this sidecar's span as the parent. */
export const traceContext =
  ({ enabled, ratio, random }: TraceSettings): Stage =>
  (next) => {
    if (!enabled) return next;
    const ids = new SpanIds(random);
    return (exchange) => {
      const { fields } = exchange;
      const b3 = fields.get("b3") !== undefined || fields.get("x-b3-traceid") !== undefined;
      const remote = parseTraceparent(fields.get("traceparent")) ?? (b3 ? parseB3(fields) : undefined);
      const span = startSpan(remote, ratio, random, ids);
      exchange.trace = span;
      // A trace state belongs to the trace it came with (W3C Trace Context 3.3).
      if (remote === undefined) fields.remove("tracestate");
      fields.set("traceparent", formatTraceparent(span));
      if (b3) writeB3(fields, span);
      return next(exchange);
    };
  };
