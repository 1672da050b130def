import {
  type Attributes,
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
  type InstrumentationScope,
  type LogRecord,
  type Metric,
  type Resource,
  type Signal,
  type Span,
} from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules.ts";
import { redactAttributes } from "./normalise-attributes.ts";

/**
 * An OTLP request without what the rules hide, for backends that take it from here: the same bytes where they hide
 * nothing. Names stay those of the sender. Throws OtlpDecodeError.
 */
export function redactBody(signal: Signal, encoding: Encoding, body: Buffer, rules: AttributeRules): Buffer {
  if (!rules.redacts) return body;
  switch (signal) {
    case "traces":
      return encodeTraces(
        {
          resourceSpans: decodeTraces(body, encoding).resourceSpans.map((part) => ({
            ...part,
            resource: withAttributes(part.resource, rules),
            scopeSpans: part.scopeSpans.map(({ scope, spans, ...rest }) => ({
              ...rest,
              scope: redactScope(scope, rules),
              spans: spans.map((span) => redactSpan(span, rules)),
            })),
          })),
        },
        encoding,
      );
    case "metrics":
      return encodeMetrics(
        {
          resourceMetrics: decodeMetrics(body, encoding).resourceMetrics.map((part) => ({
            ...part,
            resource: withAttributes(part.resource, rules),
            scopeMetrics: part.scopeMetrics.map(({ scope, metrics, ...rest }) => ({
              ...rest,
              scope: redactScope(scope, rules),
              metrics: metrics.map((metric) => redactMetric(metric, rules)),
            })),
          })),
        },
        encoding,
      );
    case "logs":
      return encodeLogs(
        {
          resourceLogs: decodeLogs(body, encoding).resourceLogs.map((part) => ({
            ...part,
            resource: withAttributes(part.resource, rules),
            scopeLogs: part.scopeLogs.map(({ scope, logRecords, ...rest }) => ({
              ...rest,
              scope: redactScope(scope, rules),
              logRecords: logRecords.map((record) => redactLog(record, rules)),
            })),
          })),
        },
        encoding,
      );
  }
}

function redactSpan(span: Span, rules: AttributeRules): Span {
  const { kind, status } = span;
  return {
    ...span,
    name: rules.maskText(span.name),
    attributes: redactAttributes(span.attributes, rules, kind),
    events: span.events.map((event) => withAttributes(event, rules)),
    links: span.links.map((link) => withAttributes(link, rules)),
    status: status && { ...status, message: rules.maskText(status.message) },
  };
}

function redactLog(record: LogRecord, rules: AttributeRules): LogRecord {
  return {
    ...withAttributes(record, rules),
    severityText: rules.maskText(record.severityText),
    body: rules.applyToValue(record.body),
  };
}

function redactScope(scope: InstrumentationScope | undefined, rules: AttributeRules) {
  return (
    scope && {
      ...withAttributes(scope, rules),
      name: rules.maskText(scope.name),
      version: rules.maskText(scope.version),
    }
  );
}

function redactMetric(metric: Metric, rules: AttributeRules): Metric {
  const { gauge, sum, histogram, exponentialHistogram, summary, metadata } = metric;
  return {
    ...metric,
    metadata: redactAttributes(metadata, rules),
    gauge: gauge && withPoints(gauge, rules),
    sum: sum && withPoints(sum, rules),
    histogram: histogram && withPoints(histogram, rules),
    exponentialHistogram: exponentialHistogram && withPoints(exponentialHistogram, rules),
    summary: summary && { dataPoints: summary.dataPoints.map((point) => withAttributes(point, rules)) },
  };
}

interface Point {
  readonly attributes: Attributes;
  readonly exemplars: readonly { readonly filteredAttributes: Attributes }[];
}

function withPoints<P extends Point, D extends { readonly dataPoints: readonly P[] }>(
  data: D,
  rules: AttributeRules,
): D {
  const dataPoints = data.dataPoints.map((point) => ({
    ...withAttributes(point, rules),
    exemplars: point.exemplars.map((exemplar) => ({
      ...exemplar,
      filteredAttributes: redactAttributes(exemplar.filteredAttributes, rules),
    })),
  }));
  return { ...data, dataPoints };
}

function withAttributes<T extends Resource | { readonly attributes: Attributes } | undefined>(
  part: T,
  rules: AttributeRules,
): T {
  return part && { ...part, attributes: redactAttributes(part.attributes, rules) };
}
