import { meshAttributes } from "@weir/domain/request-path";
import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import type { RequestRecord } from "./request-record.ts";

/** Both ends of the edge a request belongs to, and that this sidecar's side of it is told. */
export function edgeAttributes({
  direction,
  source,
  destination,
}: RequestRecord): Record<string, AttributeValue> {
  return {
    [meshAttributes.reporter]: direction === "outbound" ? "source" : "destination",
    [meshAttributes.sourceNamespace]: source.namespace,
    [meshAttributes.sourceService]: source.service,
    [meshAttributes.sourceVersion]: source.version,
    [meshAttributes.destinationNamespace]: destination.namespace,
    [meshAttributes.destinationService]: destination.service,
    [meshAttributes.destinationVersion]: destination.version,
  };
}

/** What the request metrics are split by. */
export function seriesAttributes(record: RequestRecord): Attributes {
  const attributes = edgeAttributes(record);
  attributes[meshAttributes.protocol] = record.protocol;
  attributes[meshAttributes.method] = record.method;
  // The class is enough for a metric, and a status per point would multiply them.
  attributes[meshAttributes.status] = Math.floor(record.status / 100) * 100;
  if (record.flag !== "") attributes[meshAttributes.responseFlag] = record.flag;
  if (record.route !== "") attributes[meshAttributes.route] = record.route;
  if (record.grpcStatus !== undefined) attributes[meshAttributes.grpcStatus] = record.grpcStatus;
  addPassing(attributes, record);
  return attributes;
}

/** How the request was passed on. */
function addPassing(attributes: Record<string, AttributeValue>, { security, resends }: RequestRecord): void {
  if (security !== undefined) attributes[meshAttributes.security] = security;
  if (resends > 0) attributes[meshAttributes.resends] = resends;
}

/** What spans say of one request. */
export function requestAttributes(record: RequestRecord): Record<string, AttributeValue> {
  const attributes = edgeAttributes(record);
  attributes[meshAttributes.protocol] = record.protocol;
  attributes[meshAttributes.method] = record.method;
  attributes[meshAttributes.path] = record.path;
  attributes[meshAttributes.host] = record.host;
  attributes[meshAttributes.requestBytes] = record.requestBytes;
  attributes[meshAttributes.responseBytes] = record.responseBytes;
  attributes[meshAttributes.upstreamNs] = Math.round(record.upstreamMs * 1e6);
  if (record.status !== 0) attributes[meshAttributes.status] = record.status;
  if (record.route !== "") attributes[meshAttributes.route] = record.route;
  if (record.grpcStatus !== undefined) attributes[meshAttributes.grpcStatus] = record.grpcStatus;
  if (record.flag !== "") attributes[meshAttributes.responseFlag] = record.flag;
  addPassing(attributes, record);
  return attributes;
}
