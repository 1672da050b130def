import { type ExemplarText, labelsOf } from "../exposition/sample-line.ts";
import { firstOf } from "../mesh/label-values.ts";
import type { SeriesExemplar } from "./series-delta.ts";

/** An exemplar that names a trace, its value still in the metric's own unit; others show nothing. */
export function exemplarOf({ labels: text, value }: ExemplarText): SeriesExemplar | undefined {
  const labels = labelsOf(text);
  // Hubble writes `traceID`, OpenTelemetry `trace_id`.
  const traceId = labels ? firstOf(labels, "trace_id", "traceID", "traceId").toLowerCase() : "";
  if (!labels || !/^[0-9a-f]{16}(?:[0-9a-f]{16})?$/.test(traceId) || !Number.isFinite(value))
    return undefined;
  const spanId = firstOf(labels, "span_id", "spanID", "spanId").toLowerCase();
  return {
    traceId: traceId.padStart(32, "0"),
    spanId: /^[0-9a-f]{16}$/.test(spanId) ? spanId : "",
    seconds: value,
  };
}
