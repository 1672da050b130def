import { uint32Value } from "../../otlp/messages/well-known.ts";
import { field, optional } from "../../otlp/schema/field.ts";
import { varintCount } from "../../otlp/schema/int64.ts";
import { map } from "../../otlp/schema/map.ts";
import { message } from "../../otlp/schema/message.ts";
import { enumeration, string } from "../../otlp/schema/scalars.ts";
import { AccessLogCommon } from "./access-log-common.ts";

/** envoy.config.core.v3.RequestMethod, by number. */
export const requestMethods = [
  "METHOD_UNSPECIFIED",
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "PATCH",
] as const;

/** envoy.data.accesslog.v3.HTTPRequestProperties. Headers are those that the logger is told to log. */
export interface HttpRequestProperties {
  readonly requestMethod: number;
  readonly authority: string;
  readonly path: string;
  /** The path before it was rewritten; empty when it was not. */
  readonly originalPath: string;
  readonly requestBodyBytes: number;
  /** Names in lower case. */
  readonly requestHeaders: ReadonlyMap<string, string>;
}

const HttpRequestProperties = message<HttpRequestProperties>({
  requestMethod: field(1, enumeration(requestMethods)),
  authority: field(3, string),
  path: field(5, string),
  originalPath: field(10, string),
  requestBodyBytes: field(12, varintCount),
  requestHeaders: map(13, string),
});

/** envoy.data.accesslog.v3.HTTPResponseProperties. Headers and trailers are those that the logger is told to log. */
export interface HttpResponseProperties {
  /** Undefined: none was sent. */
  readonly responseCode: number | undefined;
  readonly responseBodyBytes: number;
  readonly responseHeaders: ReadonlyMap<string, string>;
  readonly responseTrailers: ReadonlyMap<string, string>;
}

const HttpResponseProperties = message<HttpResponseProperties>({
  responseCode: optional(1, uint32Value),
  responseBodyBytes: field(3, varintCount),
  responseHeaders: map(4, string),
  responseTrailers: map(5, string),
});

/** envoy.data.accesslog.v3.HTTPAccessLogEntry */
export interface HttpAccessLogEntry {
  readonly commonProperties: AccessLogCommon | undefined;
  /** 1: HTTP/1.0, 2: HTTP/1.1, 3: HTTP/2, 4: HTTP/3. */
  readonly protocolVersion: number;
  readonly request: HttpRequestProperties | undefined;
  readonly response: HttpResponseProperties | undefined;
}

export const HttpAccessLogEntry = message<HttpAccessLogEntry>({
  commonProperties: optional(1, AccessLogCommon),
  protocolVersion: field(2, enumeration(["PROTOCOL_UNSPECIFIED", "HTTP10", "HTTP11", "HTTP2", "HTTP3"])),
  request: optional(3, HttpRequestProperties),
  response: optional(4, HttpResponseProperties),
});

/** envoy.data.accesslog.v3.ConnectionProperties, seen from downstream. */
export interface ConnectionProperties {
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

const ConnectionProperties = message<ConnectionProperties>({
  receivedBytes: field(1, varintCount),
  sentBytes: field(2, varintCount),
});

/** envoy.data.accesslog.v3.TCPAccessLogEntry */
export interface TcpAccessLogEntry {
  readonly commonProperties: AccessLogCommon | undefined;
  readonly connectionProperties: ConnectionProperties | undefined;
}

export const TcpAccessLogEntry = message<TcpAccessLogEntry>({
  commonProperties: optional(1, AccessLogCommon),
  connectionProperties: optional(2, ConnectionProperties),
});
