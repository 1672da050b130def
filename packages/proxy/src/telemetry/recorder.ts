import {
  type ConnectionSecurity,
  hostWithoutPort,
  outsideMesh,
  type ResponseFlag,
} from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange, Party } from "../exchange.ts";
import type { ExchangeRecorder } from "../stages/measure.ts";
import type { Count } from "./counters.ts";
import type { Meters } from "./meters.ts";
import type { RequestRecord } from "./request-record.ts";

/** Takes finished requests for export; without telemetry there is none. */
export interface RecordSink {
  /** The record is used again for the next request. */
  add(record: RequestRecord): void;
}

/** Methods that have a name of their own in metrics (semantic conventions: `_OTHER` for the rest). */
const knownMethods: ReadonlySet<string> = new Set(
  "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" "),
);

/** What a destination's requests are counted under on /metrics, by status and flag. */
type Counts = Map<number, Map<ResponseFlag | "", Count>>;

/** Turns each finished exchange into one record and counts it. On the request path: no I/O, bounded work. */
export class Recorder implements ExchangeRecorder {
  readonly #clock: Clock;
  readonly #meters: Meters;
  readonly #sink: RecordSink | undefined;
  readonly #counts = { outbound: new WeakMap<Party, Counts>(), inbound: new WeakMap<Party, Counts>() };
  readonly #record = emptyRecord();
  #authority = "";
  #host = "";

  constructor(clock: Clock, meters: Meters, sink: RecordSink | undefined) {
    this.#clock = clock;
    this.#meters = meters;
    this.#sink = sink;
  }

  begin(): void {
    this.#meters.inFlight++;
  }

  end(exchange: Exchange): void {
    const now = this.#clock.monotonicMs();
    const durationMs = now - exchange.startMs;
    const upstreamMs = exchange.sentMs > 0 ? (exchange.upstreamEndMs || now) - exchange.sentMs : 0;
    this.#meters.inFlight--;
    this.#countOf(exchange).value++;
    this.#meters.overhead.observe((durationMs - upstreamMs) / 1000);
    if (this.#sink === undefined) return;
    this.#fill(exchange, durationMs, upstreamMs);
    this.#sink.add(this.#record);
  }

  #countOf({ direction, destination, status, flag }: Exchange): Count {
    const byParty = this.#counts[direction];
    const count = byParty.get(destination)?.get(status)?.get(flag);
    if (count) return count;
    const counts: Counts = byParty.get(destination) ?? new Map();
    byParty.set(destination, counts);
    const byFlag = counts.get(status) ?? new Map<ResponseFlag | "", Count>();
    counts.set(status, byFlag);
    const { service, version } = destination;
    const added = this.#meters.requests.of(direction, service, version, `${status}`, flag);
    byFlag.set(flag, added);
    return added;
  }

  #fill(exchange: Exchange, durationMs: number, upstreamMs: number): void {
    const record = this.#record;
    const { stream, trace, method, authority } = exchange;
    if (authority !== this.#authority) {
      this.#authority = authority;
      this.#host = hostWithoutPort(authority);
    }
    record.direction = exchange.direction;
    record.source = exchange.source;
    record.destination = exchange.destination;
    record.protocol = exchange.protocol;
    record.security = securityOf(exchange);
    record.resends = exchange.attempts > 1 ? exchange.attempts - 1 : 0;
    record.method = knownMethods.has(method) ? method : "_OTHER";
    record.host = this.#host;
    record.path = exchange.path;
    record.route = exchange.route;
    record.status = exchange.status;
    record.grpcStatus = exchange.grpcStatus;
    record.flag = exchange.flag;
    record.startMs = this.#clock.wallMs() - durationMs;
    record.durationMs = durationMs;
    record.upstreamMs = upstreamMs;
    record.requestBytes = stream.requestBytes + exchange.tunnelSentBytes;
    record.responseBytes = stream.responseBytes + exchange.tunnelReceivedBytes;
    record.decisions = exchange.decisions;
    record.traceId = trace?.traceId ?? "";
    record.spanId = trace?.spanId ?? "";
    record.parentSpanId = trace?.parentSpanId;
    record.sampled = trace?.sampled ?? false;
    record.peerAddress = exchange.upstream?.address ?? "";
  }
}

/**
 * Known of each connection, so there is nothing to find out here. Of a tunnel only its ends know what is in it, and a
 * request that was never sent went by no connection.
 */
function securityOf({
  direction,
  caller,
  protocol,
  upstream,
  sentMs,
}: Exchange): ConnectionSecurity | undefined {
  if (protocol === "tcp") return undefined;
  if (direction === "inbound") return caller.encrypted ? "tls" : "none";
  if (upstream === undefined || sentMs === 0) return undefined;
  return upstream.tls ? "tls" : "none";
}

function emptyRecord(): RequestRecord {
  return {
    direction: "outbound",
    source: outsideMesh,
    destination: outsideMesh,
    protocol: "http",
    security: undefined,
    resends: 0,
    method: "",
    host: "",
    path: "",
    route: "",
    status: 0,
    grpcStatus: undefined,
    flag: "",
    startMs: 0,
    durationMs: 0,
    upstreamMs: 0,
    requestBytes: 0,
    responseBytes: 0,
    decisions: [],
    traceId: "",
    spanId: "",
    parentSpanId: undefined,
    sampled: false,
    peerAddress: "",
  };
}
