import { Counter, Gauge, Histogram, type Registry } from "@weir/telemetry/process";
import type { SpoolCounts } from "./spool/spool.ts";
import type { Alert } from "./status/alerts-of.ts";
import { RecentCount } from "./status/recent-count.ts";

/**
 * What the collector counts. For each signal, once nothing is in flight, and but for what an earlier process had left in
 * the spool: received = committed + duplicate + rejected + sampled out + turned away + (spooled - drained).
 */
export interface Meters {
  readonly requests: Counter<"signal" | "status">;
  readonly grpcRequests: Counter<"method" | "status">;
  readonly zipkinRequests: Counter<"status">;
  /** Requests and connections that Envoys told about. */
  readonly accessLogs: Counter;
  /** Lost for good, and nobody sends it again. */
  readonly dropped: (reason: string, count: number) => void;
  /** What was lost of late, by reason, and how many items were turned away. */
  readonly recentlyDropped: () => ReadonlyMap<string, number>;
  readonly recentlyTurnedAway: () => number;
  readonly lastCommitAgeMs: () => number;
  readonly received: Counter<"signal">;
  readonly committed: Counter<"signal">;
  readonly duplicates: Counter<"signal">;
  readonly rejected: Counter<"signal" | "reason">;
  /** Kept, but for a part of them. */
  readonly cut: Counter<"signal" | "reason">;
  readonly overloaded: { inc(): void };
  readonly turnedAway: { inc(labels: { readonly signal: string }, count: number): void };
  readonly sampledOut: Counter<"signal">;
  readonly verdicts: Counter<"verdict" | "policy">;
  readonly spooled: Counter<"signal">;
  readonly drained: Counter<"signal">;
  /** These two go down as well: what was drawn may be taken back. */
  readonly graphEdges: Gauge;
  readonly graphExpired: Gauge;
  readonly graphReloaded: Counter;
  readonly graphSkipped: Counter;
  readonly commitSeconds: Histogram<"result">;
  readonly batchRequests: Histogram;
  readonly batchRows: Histogram;
  readonly lastCommit: { setToCurrentTime(): void };
}

/** What is read when somebody asks, not counted as it happens. */
export interface Readings {
  readonly queueBytes: () => number;
  readonly queueRequests: () => number;
  readonly databaseUp: () => boolean;
  readonly alerts: () => readonly Alert[];
  readonly partitionHeadRoomHours: () => number | undefined;
  readonly lastFoldAgeMs: () => number;
  /** Undefined: there is no tail sampling. */
  readonly tailSpool: () => { readonly requests: number; readonly bytes: number } | undefined;
  /** Undefined: there is no spool. */
  readonly spool: () =>
    | {
        readonly requests: number;
        readonly bytes: number;
        readonly maxBytes: number;
        readonly counts: SpoolCounts;
      }
    | undefined;
}

export function createMeters(registry: Registry, readings: Readings, now: () => number): Meters {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `weir_collector_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `weir_collector_${name}`, help, registers });
  const reading = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `weir_collector_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const startedMs = now();
  let lastCommitMs: number | undefined;
  reading("queue_bytes", "Bytes of bodies between arrival and answer.", readings.queueBytes);
  reading("queue_requests", "Requests between arrival and answer.", readings.queueRequests);
  reading("database_up", "1 while batches can be committed.", () => Number(readings.databaseUp()));
  reading(
    "partition_head_room_seconds",
    "For how long there are partitions; 0 before anybody has looked.",
    () => (readings.partitionHeadRoomHours() ?? 0) * 3600,
  );
  reading("spool_requests", "Requests that wait in the spool.", () => readings.spool()?.requests ?? 0);
  reading("spool_bytes", "Bytes of the requests that wait in the spool.", () => readings.spool()?.bytes ?? 0);
  reading(
    "tail_spool_requests",
    "Requests whose spans wait for the verdicts of tail sampling.",
    () => readings.tailSpool()?.requests ?? 0,
  );
  reading("tail_spool_bytes", "Bytes of those requests.", () => readings.tailSpool()?.bytes ?? 0);
  new Gauge({
    name: "weir_collector_spool_losses",
    help: "What the spool could not keep since it was opened, by kind; see docs/adr/0014-spool.md.",
    labelNames: ["kind"],
    registers,
    collect() {
      for (const [kind, count] of Object.entries(readings.spool()?.counts ?? {})) this.set({ kind }, count);
    },
  });
  reading("spool_limit_bytes", "What the spool may hold.", () => readings.spool()?.maxBytes ?? 0);
  const lastCommitAgeMs = (): number => Math.max(0, now() - (lastCommitMs ?? startedMs));
  reading(
    "last_commit_age_seconds",
    "Since the last commit, or the start before the first.",
    () => lastCommitAgeMs() / 1000,
  );
  reading(
    "last_fold_age_seconds",
    "Since no edges waited to be added to their rollups, or the start.",
    () => readings.lastFoldAgeMs() / 1000,
  );
  new Gauge({
    name: "weir_collector_alert",
    help: "1 for what its operator should know; /status says it in words.",
    labelNames: ["code", "severity"],
    registers,
    collect() {
      this.reset();
      for (const { code, severity } of readings.alerts()) this.set({ code, severity }, 1);
    },
  });
  const recent = countRecent(counter, now);
  return {
    ...recent,
    lastCommitAgeMs,
    grpcRequests: counter("grpc_requests_total", "Calls answered over gRPC.", ["method", "status"]),
    zipkinRequests: counter("zipkin_requests_total", "Zipkin requests answered.", ["status"]),
    accessLogs: counter("envoy_access_logs_total", "Requests and connections that Envoys told about.", []),
    requests: counter("requests_total", "OTLP requests answered.", ["signal", "status"]),
    received: counter("items_received_total", "Spans, data points and log records decoded.", ["signal"]),
    committed: counter("items_committed_total", "Items committed to the database.", ["signal"]),
    duplicates: counter("items_duplicate_total", "Items of requests that had been committed before.", [
      "signal",
    ]),
    rejected: counter("items_rejected_total", "Items refused for good, by reason.", ["signal", "reason"]),
    cut: counter("items_cut_total", "Items kept without a part of them, by reason.", ["signal", "reason"]),
    sampledOut: counter("items_sampled_out_total", "Items left out by sampling.", ["signal"]),
    verdicts: counter("trace_verdicts_total", "Traces judged by tail sampling.", ["verdict", "policy"]),
    spooled: counter("items_spooled_total", "Items acknowledged by the spool.", ["signal"]),
    drained: counter("items_drained_total", "Items taken from the spool for good.", ["signal"]),
    graphEdges: gauge("graph_edges", "Edges drawn from spans since the start, less those taken back."),
    graphExpired: gauge(
      "graph_expired",
      "Calls since the start of which one end is unknown, less those that have found it.",
    ),
    graphReloaded: counter(
      "graph_reloaded_total",
      "Traces whose other spans were read from the database.",
      [],
    ),
    graphSkipped: counter("graph_skipped_total", "Times that a trace was too long to be drawn.", []),
    commitSeconds: new Histogram({
      name: "weir_collector_commit_seconds",
      help: "Time of one transaction.",
      labelNames: ["result"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
      registers,
    }),
    batchRequests: new Histogram({
      name: "weir_collector_batch_requests",
      help: "Requests in one batch.",
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    batchRows: new Histogram({
      name: "weir_collector_batch_rows",
      help: "Rows in one batch.",
      buckets: [1, 10, 100, 500, 1000, 5000, 10_000, 50_000],
      registers,
    }),
    lastCommit: {
      setToCurrentTime: () => {
        lastCommitMs = now();
      },
    },
  };
}

/** Losses are counted twice: since the start for /metrics, and of late for alerts. */
function countRecent(
  counter: <L extends string>(name: string, help: string, labelNames: L[]) => Counter<L>,
  now: () => number,
): Pick<Meters, "dropped" | "overloaded" | "turnedAway" | "recentlyDropped" | "recentlyTurnedAway"> {
  const droppedTotal = counter("dropped_total", "Lost for good, by reason.", ["reason"]);
  const turnedAwayTotal = counter("items_turned_away_total", "Items answered 503, to be sent again.", [
    "signal",
  ]);
  const overloadedTotal = counter(
    "requests_overloaded_total",
    "Requests answered 429: there was more to do than memory allows.",
    [],
  );
  const byReason = new Map<string, RecentCount>();
  const turnedAway = new RecentCount(now);
  return {
    dropped(reason, count) {
      droppedTotal.inc({ reason }, count);
      const recent = byReason.get(reason) ?? new RecentCount(now);
      byReason.set(reason, recent);
      recent.add(count);
    },
    // What is in a request that is refused before it is read nobody knows: it counts as one.
    overloaded: {
      inc() {
        overloadedTotal.inc();
        turnedAway.add(1);
      },
    },
    turnedAway: {
      inc(labels, count) {
        turnedAwayTotal.inc(labels, count);
        turnedAway.add(count);
      },
    },
    recentlyDropped: () => new Map(Array.from(byReason, ([reason, recent]) => [reason, recent.total])),
    recentlyTurnedAway: () => turnedAway.total,
  };
}
