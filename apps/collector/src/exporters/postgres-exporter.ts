import { commitTelemetry, type SpanGraphCounts, type TelemetryRequest } from "@weir/store";
import type { Tracer } from "@weir/telemetry/process";
import type { Meters } from "../meters.ts";
import { Batcher, type Sized } from "./batcher.ts";
import { commitLimitMs } from "./commit-limit.ts";
import { commitRequests, type Outcome } from "./commit-requests.ts";
import type { Database } from "./database.ts";

export interface PostgresExporterSettings {
  readonly database: Database;
  readonly meters: Meters;
  readonly tracer: Tracer;
  readonly lingerMs: number;
  readonly now: () => number;
}

interface Entry extends Sized {
  readonly request: TelemetryRequest;
}

const maxBatchRows = 20_000;
const maxBatchBytes = 8 * 1024 * 1024;

/** Commits requests in batches. */
export class PostgresExporter {
  readonly #settings: PostgresExporterSettings;
  readonly #batcher: Batcher<Entry, Outcome>;
  /** Requests that are a batch or more by themselves: the others do not wait for the minute that one may take. */
  readonly #largeBatcher: Batcher<Entry, Outcome>;

  constructor(settings: PostgresExporterSettings) {
    this.#settings = settings;
    const createBatcher = (lanes: number): Batcher<Entry, Outcome> =>
      new Batcher({
        lanes,
        maxRows: maxBatchRows,
        maxBytes: maxBatchBytes,
        lingerMs: settings.lingerMs,
        now: settings.now,
        send: (entries) => this.#send(entries),
      });
    // While the database works on one batch, this process prepares the next.
    this.#batcher = createBatcher(2);
    this.#largeBatcher = createBatcher(1);
  }

  /** Resolves with what became of a request, together with others that come at about the same time. */
  submit(request: TelemetryRequest, bytes: number): Promise<Outcome> {
    const entry = { request, rows: countRows(request), bytes };
    const large = entry.rows >= maxBatchRows || entry.bytes >= maxBatchBytes;
    return (large ? this.#largeBatcher : this.#batcher).submit(entry);
  }

  /** Commits requests that are a batch already. One outcome for each, in order. */
  commit(requests: readonly TelemetryRequest[]): Promise<Outcome[]> {
    return this.#send(requests.map((request) => ({ request, rows: countRows(request), bytes: 0 })));
  }

  /** Commits what waits, without lingering. */
  async close(): Promise<void> {
    await Promise.all([this.#batcher.close(), this.#largeBatcher.close()]);
  }

  async #send(entries: readonly Entry[]): Promise<Outcome[]> {
    const { database, meters, tracer } = this.#settings;
    const rows = entries.reduce((sum, entry) => sum + entry.rows, 0);
    const span = tracer.startSpan("commit batch", {
      attributes: { "weir.batch.requests": entries.length, "weir.batch.rows": rows },
    });
    meters.batchRequests.observe(entries.length);
    meters.batchRows.observe(rows);
    const outcomes = await commitRequests(
      entries.map(({ request }) => request),
      (requests, patience) => this.#commit(requests, patience),
    );
    const away = outcomes.find((outcome) => outcome.kind === "away");
    if (away) database.leave(away.error);
    span.end();
    return outcomes;
  }

  async #commit(requests: readonly TelemetryRequest[], patience: number) {
    const { database, meters } = this.#settings;
    const rows = requests.reduce((sum, request) => sum + countRows(request), 0);
    const limitMs = patience * commitLimitMs(rows, database.timeoutMs);
    const stop = meters.commitSeconds.startTimer();
    try {
      const result = await database.use(
        ({ sql, caches }) => commitTelemetry(sql, { requests }, caches, { statementTimeoutMs: limitMs }),
        limitMs,
      );
      stop({ result: "committed" });
      meters.lastCommit.setToCurrentTime();
      countGraph(meters, result.graph);
      return result;
    } catch (error) {
      stop({ result: "failed" });
      throw error;
    }
  }
}

function countRows(request: TelemetryRequest): number {
  const { spans, accessLogs, logs, edgePoints, decisionPoints, metricPoints } = request;
  return [spans, accessLogs, logs, edgePoints, decisionPoints, metricPoints].reduce(
    (sum, list) => sum + (list?.length ?? 0),
    0,
  );
}

function countGraph(meters: Meters, { edges, expired, reloaded, skipped }: SpanGraphCounts): void {
  meters.graphEdges.inc(edges);
  meters.graphExpired.inc(expired);
  meters.graphReloaded.inc(reloaded);
  meters.graphSkipped.inc(skipped);
}
