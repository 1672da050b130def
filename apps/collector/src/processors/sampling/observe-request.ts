import { decodeTraces } from "@weir/telemetry/otlp";
import type { OtlpRequest } from "../../intake.ts";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { normaliseAttributes } from "../attribute-rules/normalise-attributes.ts";
import { isTraceId } from "../ids.ts";
import type { TraceVerdicts } from "./trace-verdicts.ts";

const nsPerMs = 1_000_000n;

/**
 * Lets tail sampling see the spans of a request when it comes. Requests of other signals say nothing. Throws OtlpDecodeError.
 */
export function observeRequest(request: OtlpRequest, verdicts: TraceVerdicts, rules: AttributeRules): void {
  if (request.signal !== "traces") return;
  for (const { resource, scopeSpans } of decodeTraces(request.body, request.encoding).resourceSpans) {
    const ofResource = normaliseAttributes(resource?.attributes ?? {}, rules);
    // A span whose trace has no valid id is rejected.
    for (const { spans } of scopeSpans)
      for (const { traceId, kind, startTimeUnixNano, endTimeUnixNano, status, attributes } of spans)
        if (isTraceId(traceId))
          verdicts.observe({
            traceId,
            startMs: msOf(startTimeUnixNano),
            endMs: msOf(endTimeUnixNano),
            status: status?.code ?? 0,
            attributes: normaliseAttributes(attributes, rules, kind),
            resource: ofResource,
          });
  }
}

/** With three digits behind the point, which is more than anybody asks for. */
function msOf(ns: bigint): number {
  return Number(ns / nsPerMs) + Number(ns % nsPerMs) / 1e6;
}
