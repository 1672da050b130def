import {
  decodeStreamAccessLogs,
  encodeStreamAccessLogs,
  type HttpAccessLogEntry,
  type StreamAccessLogsMessage,
  type TcpAccessLogEntry,
} from "@weir/telemetry/envoy";
import type { Draft } from "@weir/telemetry/otlp";

/** Entries as they come off the wire, from what a test says of them. */
export function httpEntry(draft: Draft<HttpAccessLogEntry>): HttpAccessLogEntry {
  const [entry] = sent({ httpLogs: { logEntry: [draft] } }).httpLogs?.logEntry ?? [];
  if (!entry) throw new Error("no entry came back");
  return entry;
}

export function tcpEntry(draft: Draft<TcpAccessLogEntry>): TcpAccessLogEntry {
  const [entry] = sent({ tcpLogs: { logEntry: [draft] } }).tcpLogs?.logEntry ?? [];
  if (!entry) throw new Error("no entry came back");
  return entry;
}

function sent(message: Draft<StreamAccessLogsMessage>): StreamAccessLogsMessage {
  return decodeStreamAccessLogs(encodeStreamAccessLogs(message));
}
