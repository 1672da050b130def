import { hostWithoutPort } from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import type { ExchangeRecorder } from "../stages/measure.ts";
import type { Meters } from "./meters.ts";
import type { RequestRecord } from "./request-record.ts";

/** Takes finished requests for export; without telemetry there is none. */
export interface RecordSink {
  add(record: RequestRecord): void;
}

/** Methods that have a name of their own in metrics (semantic conventions: `_OTHER` for the rest). */
const knownMethods: ReadonlySet<string> = new Set(
  "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" "),
);

/** Turns each finished exchange into one record and counts it. On the request path: no I/O, bounded work. */
export class Recorder implements ExchangeRecorder {
  readonly #clock: Clock;
  readonly #meters: Meters;
  readonly #sink: RecordSink | undefined;

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
    const { direction, destination, status, flag } = exchange;
    this.#meters.inFlight--;
    this.#meters.requests.add(1, direction, destination.service, destination.version, `${status}`, flag);
    this.#meters.overhead.observe((durationMs - upstreamMs) / 1000);
    this.#sink?.add(this.#record(exchange, durationMs, upstreamMs));
  }

  #record(exchange: Exchange, durationMs: number, upstreamMs: number): RequestRecord {
    const { stream, trace, method } = exchange;
    return {
      direction: exchange.direction,
      source: exchange.source,
      destination: exchange.destination,
      protocol: exchange.protocol,
      method: knownMethods.has(method) ? method : "_OTHER",
      host: hostWithoutPort(exchange.authority),
      path: exchange.path,
      status: exchange.status,
      flag: exchange.flag,
      startMs: this.#clock.wallMs() - durationMs,
      durationMs,
      upstreamMs,
      requestBytes: stream.requestBytes + exchange.tunnelSentBytes,
      responseBytes: stream.responseBytes + exchange.tunnelReceivedBytes,
      decisions: exchange.decisions,
      traceId: trace?.traceId ?? "",
      spanId: trace?.spanId ?? "",
      parentSpanId: trace?.parentSpanId,
      sampled: trace?.sampled ?? false,
      peerAddress: exchange.upstream?.address ?? "",
    };
  }
}
