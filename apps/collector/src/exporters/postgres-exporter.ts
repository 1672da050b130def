import { commitTelemetry, type TelemetryRequest } from "@weir/store";
import type { Tracer } from "@weir/telemetry/process";
import type { Meters } from "../meters.ts";
import { acceptedItems, type ProcessedRequest } from "../processors/process-request.ts";
import { Refusal } from "../receivers/refusal.ts";
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

/** Commits requests in batches, and keeps the account of what became of their items. */
export class PostgresExporter {
  readonly #settings: PostgresExporterSettings;
  readonly #batcher: Batcher<Entry, Outcome>;
  /** Requests that are a batch or more by themselves: the others do not wait for the minute that one may take. */
  readonly #largeBatcher: Batcher<Entry, Outcome>;

  constructor(settings: PostgresExporterSettings) {
    this.#settings = settings;
    const createBatcher = (): Batcher<Entry, Outcome> =>
      new Batcher({
        maxRows: maxBatchRows,
        maxBytes: maxBatchBytes,
        lingerMs: settings.lingerMs,
        now: settings.now,
        send: (entries) => this.#send(entries),
      });
    this.#batcher = createBatcher();
    this.#largeBatcher = createBatcher();
  }

  /** Resolves once the request is committed, or had been before. Throws {@link Refusal} otherwise. */
  async consume(processed: ProcessedRequest, bytes: number): Promise<void> {
    const { signal, items, rows, rejections } = processed;
    const { meters } = this.#settings;
    const accepted = acceptedItems(processed);
    meters.received.inc({ signal }, items);
    const outcome: Outcome =
      accepted === 0
        ? { kind: "committed" }
        : await this.#submit({ request: rows, rows: countRows(rows), bytes });
    if (outcome.kind === "away" || outcome.kind === "slow") {
      meters.turnedAway.inc({ signal }, items);
      const what = outcome.kind === "away" ? "nothing can" : "this request cannot";
      throw new Refusal("unavailable", `${what} be committed now: ${outcome.error.message}`, {
        cause: outcome.error,
      });
    }
    if (outcome.kind === "refused") rejections.add("refused_by_database", accepted);
    for (const [reason, count] of rejections.byReason) meters.rejected.inc({ signal, reason }, count);
    if (outcome.kind === "refused")
      throw new Refusal("refusedByDatabase", `the database refused the request: ${outcome.error.message}`, {
        cause: outcome.error,
      });
    const counter = outcome.kind === "duplicate" ? meters.duplicates : meters.committed;
    counter.inc({ signal }, accepted);
  }

  /** Commits what waits, without lingering. */
  async close(): Promise<void> {
    await Promise.all([this.#batcher.close(), this.#largeBatcher.close()]);
  }

  #submit(entry: Entry): Promise<Outcome> {
    const large = entry.rows >= maxBatchRows || entry.bytes >= maxBatchBytes;
    return (large ? this.#largeBatcher : this.#batcher).submit(entry);
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
    (sum, list) => sum + list.length,
    0,
  );
}
