import { field, optional, repeated } from "../../otlp/schema/field.ts";
import { message } from "../../otlp/schema/message.ts";
import { string } from "../../otlp/schema/scalars.ts";
import { HttpAccessLogEntry, TcpAccessLogEntry } from "./access-log-entries.ts";
import { Node } from "./node.ts";

/** envoy.service.accesslog.v3.StreamAccessLogsMessage.Identifier */
export interface Identifier {
  readonly node: Node | undefined;
  readonly logName: string;
}

const Identifier = message<Identifier>({ node: optional(1, Node), logName: field(2, string) });

/** An entry may be four bytes long here and a row later; Envoy sends some hundred at once (`buffer_size_bytes`). */
const atMost = 10_000;

interface HttpAccessLogEntries {
  readonly logEntry: readonly HttpAccessLogEntry[];
}

const HttpAccessLogEntries = message<HttpAccessLogEntries>({
  logEntry: repeated(1, HttpAccessLogEntry, { atMost }),
});

interface TcpAccessLogEntries {
  readonly logEntry: readonly TcpAccessLogEntry[];
}

const TcpAccessLogEntries = message<TcpAccessLogEntries>({
  logEntry: repeated(1, TcpAccessLogEntry, { atMost }),
});

/** envoy.service.accesslog.v3.StreamAccessLogsMessage; of the two kinds of entries one is set. */
export interface StreamAccessLogsMessage {
  /** In the first message of a stream only. */
  readonly identifier: Identifier | undefined;
  readonly httpLogs: HttpAccessLogEntries | undefined;
  readonly tcpLogs: TcpAccessLogEntries | undefined;
}

export const StreamAccessLogsMessage = message<StreamAccessLogsMessage>({
  identifier: optional(1, Identifier),
  httpLogs: optional(2, HttpAccessLogEntries),
  tcpLogs: optional(3, TcpAccessLogEntries),
});
