import { decodeTraces } from "@weir/telemetry/otlp";
import type { OtlpRequest } from "../../intake.ts";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { normaliseAttributes } from "../attribute-rules/normalise-attributes.ts";
import type { ObservedSpan } from "./span-condition.ts";

/** The spans of a request as tail sampling looks at them. Throws OtlpDecodeError. */
export function observedSpans({ body, encoding }: OtlpRequest, rules: AttributeRules): ObservedSpan[] {
  return decodeTraces(body, encoding).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const ofResource = normaliseAttributes(resource?.attributes ?? {}, rules);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(
        (span): ObservedSpan => ({
          traceId: span.traceId,
          startMs: Number(span.startTimeUnixNano) / 1e6,
          endMs: Number(span.endTimeUnixNano) / 1e6,
          status: span.status?.code ?? 0,
          attributes: normaliseAttributes(span.attributes, rules, span.kind),
          resource: ofResource,
        }),
      ),
    );
  });
}
