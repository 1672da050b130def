import { meshAttributes } from "@weir/domain";
import type { AccessLogRecord } from "@weir/store";
import type { Attributes, LogRecord } from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { traceContextOf } from "./ids.ts";
import { meshEdgeOf, statusOf, textOf } from "./mesh-edge.ts";

const largest = 2n ** 63n - 1n;

/** A sidecar's record of one request; undefined when it does not say between whom. */
export function accessLogOf(
  record: LogRecord,
  timeNs: bigint,
  rules: AttributeRules,
): AccessLogRecord | undefined {
  const { attributes } = record;
  const edge = meshEdgeOf(attributes);
  if (!edge) return undefined;
  const path = attributes[meshAttributes.path];
  const decisions = attributes[meshAttributes.decisions];
  return {
    timeNs,
    ...traceContextOf(record),
    ...edge,
    protocol: textOf(attributes, meshAttributes.protocol, "http"),
    method: textOf(attributes, meshAttributes.method),
    path: typeof path === "string" ? rules.maskText(path) : "",
    host: textOf(attributes, meshAttributes.host) || undefined,
    status: statusOf(attributes),
    flag: textOf(attributes, meshAttributes.responseFlag),
    durationNs: amountOf(attributes, meshAttributes.durationNs),
    upstreamNs: amountOf(attributes, meshAttributes.upstreamNs),
    requestBytes: amountOf(attributes, meshAttributes.requestBytes),
    responseBytes: amountOf(attributes, meshAttributes.responseBytes),
    decisions: Array.isArray(decisions) ? decisions : [],
  };
}

/** A whole amount, not below zero, that fits Postgres' bigint; 0 for anything else. */
function amountOf(attributes: Attributes, name: string): bigint {
  const value = attributes[name];
  if (typeof value === "bigint") return value >= 0n && value <= largest ? value : 0n;
  return typeof value === "number" && value >= 0 && Number.isFinite(value) ? BigInt(Math.round(value)) : 0n;
}
