import { setImmediate as nextTurn } from "node:timers/promises";
import type { Workload } from "@weir/domain";
import type { Clock } from "../clock.ts";
import type { HttpClient } from "../http1/http-client.ts";
import type { Logger } from "../logger.ts";
import { AccessLogEncoder } from "./access-log-encoder.ts";
import { DecisionSeriesTable } from "./decision-series.ts";
import { EdgeSeriesTable } from "./edge-series.ts";
import { ExportQueue } from "./export-queue.ts";
import type { Meters } from "./meters.ts";
import { encodeMetricsRequest } from "./metrics-request.ts";
import { sendOtlp } from "./otlp-sender.ts";
import { encodeProcessMetrics, type ProcessUsage } from "./process-metrics.ts";
import type { RecordSink } from "./recorder.ts";
import type { RequestRecord } from "./request-record.ts";
import { resourceOf } from "./resource.ts";
import { encodeTracesRequest } from "./traces-request.ts";

export interface ExporterSettings {
  readonly workload: Workload;
  readonly proxyId: string;
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly meters: Meters;
  readonly log: Logger;
  /** Share of requests whose access log is exported, 0 to 1. */
  readonly accessLogSampling: number;
  readonly intervalMs: number;
  /** What this process costs now. */
  readonly usage: () => ProcessUsage;
  /** Encoded requests that may wait for the collector, in bytes. */
  readonly maxQueueBytes: number;
}

/** Spans kept between two exports; beyond that they are dropped and counted. */
const maxSpans = 8192;
/** Access logs are sent as soon as there are so many bytes of them. */
const logBatchBytes = 60 * 1024;
/** What the process costs changes slowly. Intervals of two seconds meet it, as five of them are as long. */
const usageEveryMs = 9_900;
/** Encoding this many takes about 2 ms: longer would be felt as latency by the requests that wait meanwhile. */
const recordsPerRequest = 256;

/** Collects what the requests were, and sends it to the collector every interval, on the interval's multiples. */
export class Exporter implements RecordSink {
  readonly #settings: ExporterSettings;
  readonly #queue: ExportQueue;
  readonly #resource: ReturnType<typeof resourceOf>;
  #edges = new EdgeSeriesTable();
  #decisions = new DecisionSeriesTable();
  readonly #logs: AccessLogEncoder;
  #spans: RequestRecord[] = [];
  #fromMs: number;
  #usageToldMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(settings: ExporterSettings) {
    this.#settings = settings;
    this.#resource = resourceOf(settings.workload, settings.proxyId);
    this.#logs = new AccessLogEncoder(this.#resource);
    this.#fromMs = settings.clock.wallMs();
    this.#queue = new ExportQueue({
      send: async (item) => {
        const outcome = await sendOtlp(settings.client, item);
        this.#tell(outcome.kind === "retry" ? outcome.reason : undefined);
        return outcome;
      },
      dropped: (signal, reason, entries, detail) => {
        settings.meters.telemetryDropped.add(entries, signal, reason);
        if (reason === "refused")
          settings.log.warn({ signal, entries, detail }, "the collector refused telemetry");
      },
      maxBytes: settings.maxQueueBytes,
      random: settings.random,
      firstBackOffMs: 100,
      maxBackOffMs: 5_000,
    });
    this.#schedule();
  }

  get queuedBytes(): number {
    return this.#queue.bytes;
  }

  add(record: RequestRecord): void {
    const { meters, accessLogSampling, random } = this.#settings;
    const series = this.#edges.add(record);
    if (series && record.decisions.length > 0) this.#decisions.add(record, series);
    if (record.sampled) {
      if (this.#spans.length < maxSpans) this.#spans.push({ ...record });
      else meters.telemetryDropped.add(1, "traces", "overflow");
    }
    if (accessLogSampling < 1 && random() >= accessLogSampling) return;
    if (series === undefined) {
      meters.telemetryDropped.add(1, "logs", "overflow");
      return;
    }
    this.#logs.add(record, series);
    if (this.#logs.bytes > logBatchBytes) this.#sendLogs();
  }

  /** Sends what has been collected, waiting for the collector at most `ms`. */
  async close(ms: number): Promise<void> {
    clearTimeout(this.#timer);
    await this.#flush();
    await this.#queue.close(ms);
    this.#settings.client.close();
  }

  /** Every sidecar's intervals end on the same multiples, so that the points of one edge meet in one slot. */
  #schedule(): void {
    const { clock, intervalMs } = this.#settings;
    const now = clock.wallMs();
    this.#timer = setTimeout(
      () => {
        this.#schedule();
        void this.#flush();
      },
      intervalMs - (now % intervalMs),
    );
    this.#timer.unref();
  }

  async #flush(): Promise<void> {
    const edges = this.#edges;
    const decided = this.#decisions;
    const spans = this.#spans;
    const interval = { fromMs: this.#fromMs, toMs: this.#settings.clock.wallMs() };
    this.#edges = new EdgeSeriesTable();
    this.#decisions = new DecisionSeriesTable();
    this.#spans = [];
    this.#fromMs = interval.toMs;
    const overflow = edges.overflow + decided.overflow;
    if (overflow > 0) this.#settings.meters.telemetryDropped.add(overflow, "metrics", "overflow");
    const series = edges.all();
    const decisions = decided.all();
    // Metrics first: the map is made of them.
    if (series.length > 0) {
      const body = encodeMetricsRequest(this.#resource, series, decisions, interval);
      this.#queue.push({ signal: "metrics", body, entries: series.length * 3 + decisions.length });
    }
    this.#tellUsage(interval.toMs);
    for (let i = 0; i < spans.length; i += recordsPerRequest) {
      const part = spans.slice(i, i + recordsPerRequest);
      this.#queue.push({
        signal: "traces",
        body: encodeTracesRequest(this.#resource, part),
        entries: part.length,
      });
      await nextTurn();
    }
    this.#sendLogs();
  }

  /** Also where there were no requests: what idles costs, too. */
  #tellUsage(nowMs: number): void {
    if (nowMs - this.#usageToldMs < usageEveryMs) return;
    this.#usageToldMs = nowMs;
    const body = encodeProcessMetrics(this.#resource, this.#settings.usage(), nowMs);
    this.#queue.push({ signal: "metrics", body, entries: 2 });
  }

  #sendLogs(): void {
    const { entries } = this.#logs;
    if (entries > 0) this.#queue.push({ signal: "logs", body: this.#logs.take(), entries });
  }

  /** One line when the collector goes away and one when it is back, not one for each attempt. */
  #tell(failure: string | undefined): void {
    const { log } = this.#settings;
    if (failure !== undefined && !this.#failing)
      log.warn({ reason: failure }, "the collector takes no telemetry");
    if (failure === undefined && this.#failing) log.info({}, "the collector takes telemetry again");
    this.#failing = failure !== undefined;
  }
}
