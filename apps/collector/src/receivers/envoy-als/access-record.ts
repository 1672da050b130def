import { type ConnectionSecurity, hostWithoutPort } from "@weir/domain";
import {
  type AccessLogCommon,
  accessLogType,
  type HttpAccessLogEntry,
  requestMethods,
  type TcpAccessLogEntry,
} from "@weir/telemetry/envoy";
import { type EntryEdge, entryEdge } from "./entry-edge.ts";
import { type EntryTimes, entryTimes } from "./entry-times.ts";
import type { ReportingNode } from "./reporting-node.ts";
import { responseFlagText } from "./response-flag-text.ts";
import { type TraceContext, traceContextOf } from "./trace-context.ts";

/** One finished request or connection, in the words of Weir's own access log. */
export interface AccessRecord extends EntryEdge, EntryTimes {
  readonly protocol: "http" | "grpc" | "tcp";
  /** Of HTTP: `1.1`, `2`; empty: not known. */
  readonly protocolVersion: string;
  /** As the semantic conventions name it; empty for TCP. */
  readonly method: string;
  readonly host: string;
  /** Without its query. */
  readonly path: string;
  /** 0: none was sent. */
  readonly status: number;
  readonly grpcStatus: number | undefined;
  /** Envoy's short texts, empty when there is none. */
  readonly flag: string;
  /** Of the connection that came in; undefined for what went out, whose upstream Envoy's log doesn't tell of. */
  readonly security: ConnectionSecurity | undefined;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly trace: TraceContext | undefined;
}

const none: ReadonlyMap<string, string> = new Map();
const protocolVersions = ["", "1.0", "1.1", "2", "3"] as const;
const longestPath = 4096;

/** Undefined for an entry that tells of a request under way, or only of one try: the whole is told once it is over. */
export function httpRecord(
  entry: HttpAccessLogEntry,
  node: ReportingNode,
  receivedNs: bigint,
): AccessRecord | undefined {
  const { commonProperties: common, request, response } = entry;
  if (!common || !isFinal(common)) return undefined;
  const requestHeaders = request?.requestHeaders ?? none;
  const responseHeaders = response?.responseHeaders ?? none;
  const grpcStatus = grpcStatusOf(response?.responseTrailers ?? none) ?? grpcStatusOf(responseHeaders);
  const isGrpc = [requestHeaders, responseHeaders].some((h) =>
    h.get("content-type")?.startsWith("application/grpc"),
  );
  const edge = entryEdge(common, node, { request: requestHeaders, response: responseHeaders });
  return {
    ...edge,
    security: securityOf(edge, common),
    ...entryTimes(common, receivedNs),
    protocol: isGrpc || grpcStatus !== undefined ? "grpc" : "http",
    protocolVersion: protocolVersions[entry.protocolVersion] ?? "",
    // What Envoy has no number for it logs as unspecified.
    method: request?.requestMethod ? (requestMethods[request.requestMethod] ?? "_OTHER") : "_OTHER",
    host: hostWithoutPort(request?.authority ?? ""),
    path: pathOf(request?.originalPath || (request?.path ?? "")),
    status: response?.responseCode ?? 0,
    grpcStatus,
    flag: responseFlagText(common.responseFlags),
    requestBytes: amount(request?.requestBodyBytes),
    responseBytes: amount(response?.responseBodyBytes),
    trace: traceContextOf(requestHeaders),
  };
}

/** The same for a connection. It has no status of its own: one that was passed on counts as answered, as a sidecar's does. */
export function tcpRecord(
  entry: TcpAccessLogEntry,
  node: ReportingNode,
  receivedNs: bigint,
): AccessRecord | undefined {
  const { commonProperties: common, connectionProperties: connection } = entry;
  if (!common || !isFinal(common)) return undefined;
  const flag = responseFlagText(common.responseFlags);
  const edge = entryEdge(common, node, { request: none, response: none });
  return {
    ...edge,
    security: securityOf(edge, common),
    ...entryTimes(common, receivedNs),
    protocol: "tcp",
    protocolVersion: "",
    method: "",
    host: "",
    path: "",
    status: isRefused(common) ? 0 : 200,
    grpcStatus: undefined,
    flag,
    requestBytes: amount(connection?.receivedBytes),
    responseBytes: amount(connection?.sentBytes),
    trace: undefined,
  };
}

/** Loggers from before `access_log_type` leave it unset, and mark what is not the end. */
function isFinal({ accessLogType: type, intermediateLogEntry }: AccessLogCommon): boolean {
  if (type === accessLogType.NotSet) return !intermediateLogEntry;
  return type === accessLogType.DownstreamEnd || type === accessLogType.TcpConnectionEnd;
}

function securityOf({ reporter }: EntryEdge, { tlsProperties }: AccessLogCommon) {
  if (reporter === "source") return undefined;
  if (!tlsProperties) return "none";
  return tlsProperties.peerCertificateProperties ? "mutual_tls" : "tls";
}

/** The connection was never joined to an upstream. */
function isRefused({ responseFlags: flags }: AccessLogCommon): boolean {
  if (!flags) return false;
  return (
    flags.noHealthyUpstream ||
    flags.upstreamConnectionFailure ||
    flags.upstreamOverflow ||
    flags.noRouteFound ||
    flags.noClusterFound ||
    flags.upstreamRetryLimitExceeded ||
    flags.dnsResolutionFailure
  );
}

function grpcStatusOf(headers: ReadonlyMap<string, string>): number | undefined {
  const text = headers.get("grpc-status") ?? "";
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

function pathOf(target: string): string {
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  return path.length > longestPath ? path.slice(0, longestPath) : path;
}

/** More bytes than a number holds exactly were never sent. */
function amount(bytes = 0): number {
  return Math.min(bytes, Number.MAX_SAFE_INTEGER);
}
