import { meshAttributes } from "@weir/domain";
import type { AttributeValue } from "@weir/telemetry/otlp";
import type { AccessRecord } from "./access-record.ts";

type MutableAttributes = Record<string, AttributeValue>;

/** What a log record of Weir's form says of a request (`processors/access-log.ts` reads it). */
export function logAttributes(record: AccessRecord): MutableAttributes {
  const attributes = sharedAttributes(record);
  attributes[meshAttributes.host] = record.host;
  attributes[meshAttributes.path] = record.path;
  if (record.status !== 0) attributes[meshAttributes.status] = record.status;
  if (record.protocolVersion !== "") attributes["network.protocol.version"] = record.protocolVersion;
  attributes[meshAttributes.requestBytes] = record.requestBytes;
  attributes[meshAttributes.responseBytes] = record.responseBytes;
  attributes[meshAttributes.durationNs] = record.durationNs;
  attributes[meshAttributes.upstreamNs] = record.upstreamNs;
  return attributes;
}

/** What request metrics are split by (`processors/edge-points.ts` reads it). */
export function seriesAttributes(record: AccessRecord): MutableAttributes {
  const attributes = sharedAttributes(record);
  // The class is enough for a metric, and a status per point would multiply them.
  attributes[meshAttributes.status] = Math.floor(record.status / 100) * 100;
  return attributes;
}

function sharedAttributes(record: AccessRecord): MutableAttributes {
  const { source, destination } = record;
  const attributes: MutableAttributes = {
    [meshAttributes.reporter]: record.reporter,
    [meshAttributes.sourceNamespace]: source.namespace,
    [meshAttributes.sourceService]: source.service,
    [meshAttributes.sourceVersion]: source.version,
    [meshAttributes.destinationNamespace]: destination.namespace,
    [meshAttributes.destinationService]: destination.service,
    [meshAttributes.destinationVersion]: destination.version,
    [meshAttributes.protocol]: record.protocol,
    [meshAttributes.method]: record.method,
  };
  if (record.flag !== "") attributes[meshAttributes.responseFlag] = record.flag;
  if (record.security !== undefined) attributes[meshAttributes.security] = record.security;
  if (record.grpcStatus !== undefined) attributes[meshAttributes.grpcStatus] = record.grpcStatus;
  return attributes;
}
