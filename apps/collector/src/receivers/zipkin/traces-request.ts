import type { Attributes, Draft, ExportTraceServiceRequest, Span } from "@weir/telemetry/otlp";
import { otlpSpanOf } from "./otlp-span.ts";
import { resourceOf } from "./resource-of-tags.ts";
import { placeSpans } from "./span-times.ts";
import { zipkinSpanOf } from "./zipkin-span.ts";

interface OfResource {
  readonly attributes: Attributes;
  readonly spans: Draft<Span>[];
}

/**
 * All spans of a body as one OTLP request, those of equal resources together. Nothing is left out: what is no span in
 * Zipkin becomes none that OTLP allows, so that the pipeline rejects and counts it as it does every other.
 */
export function tracesRequestOf(
  list: readonly unknown[],
  receivedNs: bigint,
): Draft<ExportTraceServiceRequest> {
  const spans = list.map(zipkinSpanOf);
  const timesOf = placeSpans(spans, receivedNs);
  const resources = new Map<string, OfResource>();
  for (const span of spans) {
    const attributes = resourceOf(span);
    const key = JSON.stringify(attributes);
    const own = resources.get(key) ?? { attributes, spans: [] };
    own.spans.push(otlpSpanOf(span, timesOf(span)));
    resources.set(key, own);
  }
  return {
    resourceSpans: [...resources.values()].map((own) => ({
      resource: { attributes: own.attributes },
      scopeSpans: [{ spans: own.spans }],
    })),
  };
}
