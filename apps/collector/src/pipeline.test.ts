import { connect } from "node:net";
import { decisionAttributes, meshAttributes, metricNames } from "@weir/domain";
import { openSql, type Sql } from "@weir/store";
import {
  contentTypes,
  type Draft,
  decodeStatus,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
  type Signal,
  type Span,
  temporality,
} from "@weir/telemetry/otlp";
import { createLogger, createRegistry, type Registry, startSelfTracing } from "@weir/telemetry/process";
import { createTestDatabase, startTcpRelay, type TcpRelay, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Collector, type CollectorSettings, startCollector } from "./pipeline.ts";

let database: TestDatabase;
let sql: Sql;
let relay: TcpRelay;
let collector: Collector;
let registry: Registry;
let ids = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});

afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

beforeEach(async () => {
  const { hostname, port } = new URL(database.databaseUrl);
  relay = await startTcpRelay({ host: hostname, port: Number(port) });
  registry = createRegistry("collector");
});

afterEach(async () => {
  await relay.restore();
  await collector.stop();
  await relay.close();
});

async function start(settings: Partial<CollectorSettings> = {}): Promise<void> {
  const throughRelay = new URL(database.databaseUrl);
  throughRelay.host = `127.0.0.1:${relay.port}`;
  collector = await startCollector({
    config: {
      databaseUrl: throughRelay.href,
      listen: { host: "127.0.0.1", port: 0 },
      retentionHours: 24,
    },
    log: createLogger("collector", "silent"),
    registry,
    tracer: (await startSelfTracing("collector")).tracer,
    now: Date.now,
    lingerMs: 5,
    ...settings,
  });
}

const startReady = async (settings: Partial<CollectorSettings> = {}): Promise<void> => {
  await start(settings);
  await waitFor(isReady, { what: "the collector to be ready" });
};

const url = (path: string): string => `http://127.0.0.1:${collector.port}${path}`;
const isReady = async (): Promise<boolean> => (await fetch(url("/readyz"))).ok;

async function post(signal: Signal, body: Buffer, encoding: Encoding = "protobuf") {
  const response = await fetch(url(`/v1/${signal}`), {
    method: "POST",
    headers: { "content-type": contentTypes[encoding] },
    body: Buffer.from(body),
  });
  return { status: response.status, headers: response.headers, body: await response.bytes() };
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
const nowNs = (): bigint => BigInt(Date.now()) * 1_000_000n;

function spanBody(
  operation: string,
  count = 1,
  change: Draft<Span> = {},
  encoding: Encoding = "protobuf",
): Buffer {
  const spans = Array.from({ length: count }, () => ({
    traceId: hex(++ids, 32),
    spanId: hex(ids, 16),
    name: operation,
    kind: 2,
    startTimeUnixNano: nowNs(),
    endTimeUnixNano: nowNs() + 1000n,
    ...change,
  }));
  const resource = { attributes: { "service.name": "web", "service.namespace": "shop" } };
  return encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, encoding);
}

async function countSpans(operation: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM span JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = ${operation}`;
  return row?.count ?? -1;
}

/** Items of traces, by what became of them. */
async function ledger(): Promise<Record<string, number>> {
  const read = async (name: string): Promise<number> => {
    const metric = await registry.getSingleMetric(`weir_collector_items_${name}_total`)?.get();
    return (metric?.values ?? [])
      .filter(({ labels }) => labels.signal === "traces")
      .reduce((sum, { value }) => sum + value, 0);
  };
  const names = ["received", "committed", "duplicate", "rejected", "turned_away"];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)])));
}

describe.each<Encoding>(["protobuf", "json"])("%s", (encoding) => {
  const edge = {
    [meshAttributes.reporter]: "source",
    [meshAttributes.sourceNamespace]: "shop",
    [meshAttributes.sourceService]: `web-${encoding}`,
    [meshAttributes.destinationNamespace]: "shop",
    [meshAttributes.destinationService]: "cart",
    [meshAttributes.destinationVersion]: "v2",
    [meshAttributes.status]: 200,
  };

  test("spans are rows once they are acknowledged", async () => {
    await startReady();
    const operation = `GET /${encoding}`;
    const attributes = { nul: "a\0b", nan: Number.NaN, list: [1, "x"], big: 2n ** 60n };
    const events = [{ timeUnixNano: nowNs(), name: "event", attributes }];
    const sent = await post("traces", spanBody(operation, 3, { attributes, events }, encoding), encoding);
    expect(sent.status).toBe(200);
    expect(await countSpans(operation)).toBe(3);
  });

  test("a sidecar's metrics are edges and decisions, all others are points", async () => {
    await startReady();
    const timeUnixNano = nowNs();
    const point = { timeUnixNano, attributes: edge };
    const decision = {
      ...edge,
      [decisionAttributes.policy]: "split",
      [decisionAttributes.namespace]: "shop",
      [decisionAttributes.kind]: "canary",
      [decisionAttributes.revision]: 1,
      [decisionAttributes.mode]: "observe",
      [decisionAttributes.verdict]: "version=v2",
      [decisionAttributes.wouldAct]: true,
    };
    const delta = { aggregationTemporality: temporality.delta, isMonotonic: true };
    const buckets = { offset: -80, bucketCounts: [3, 1] };
    const metrics = [
      {
        name: metricNames.clientDuration,
        unit: "s",
        exponentialHistogram: {
          ...delta,
          dataPoints: [{ ...point, count: 4, sum: 0.1, scale: 4, positive: buckets }],
        },
      },
      { name: metricNames.requestBytes, sum: { ...delta, dataPoints: [{ ...point, asInt: 70 }] } },
      {
        name: metricNames.decisions,
        sum: { ...delta, dataPoints: [{ timeUnixNano, attributes: decision, asInt: 4 }] },
      },
      { name: `queue.length.${encoding}`, gauge: { dataPoints: [{ timeUnixNano, asDouble: 3 }] } },
    ];
    const body = encodeMetrics({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }, encoding);
    expect((await post("metrics", body, encoding)).status).toBe(200);
    expect(
      await sql`
        SELECT requests::int, request_bytes::int, bucket_indexes, bucket_counts::int[]
        FROM edge_10s JOIN edge_series s ON s.id = series_id JOIN telemetry_service source ON source.id = s.source_id
        WHERE source.name = ${`web-${encoding}`}`,
    ).toEqual([{ requests: 4, request_bytes: 70, bucket_indexes: [-80, -79], bucket_counts: [3, 1] }]);
    expect(
      await sql`
        SELECT policy, evaluated::int, would_act::int, acted::int
        FROM decision_10s JOIN decision_series s ON s.id = series_id
        JOIN telemetry_service source ON source.id = s.source_id WHERE source.name = ${`web-${encoding}`}`,
    ).toEqual([{ policy: "split", evaluated: 4, would_act: 4, acted: 0 }]);
    expect(await sql`SELECT value FROM metric_point WHERE name = ${`queue.length.${encoding}`}`).toEqual([
      { value: 3 },
    ]);
  });

  test("access logs and other logs are kept apart", async () => {
    await startReady();
    const logRecords = [
      {
        timeUnixNano: nowNs(),
        eventName: "weir.access",
        attributes: { ...edge, [meshAttributes.path]: encoding },
      },
      { timeUnixNano: nowNs(), body: `said in ${encoding}` },
    ];
    const body = encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, encoding);
    expect((await post("logs", body, encoding)).status).toBe(200);
    expect(await sql`SELECT status FROM access_log WHERE path = ${encoding}`).toEqual([{ status: 200 }]);
    expect(
      await sql`SELECT 1 AS found FROM log_record WHERE body = to_jsonb(${`said in ${encoding}`}::text)`,
    ).toEqual([{ found: 1 }]);
  });
});

test("a resend is acknowledged and stored once, whether it comes later or at the same time", async () => {
  await startReady();
  const body = spanBody("resent", 2);
  const statuses = (await Promise.all([post("traces", body), post("traces", body)])).map((r) => r.status);
  statuses.push((await post("traces", body)).status);
  expect(statuses).toEqual([200, 200, 200]);
  expect(await countSpans("resent")).toBe(2);
  expect(await ledger()).toMatchObject({ received: 6, committed: 2, duplicate: 4 });
});

test("a request that the database refuses is refused alone", async () => {
  await sql.unsafe(`
    CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'poison'; END $$;
    CREATE TRIGGER refuse_poison BEFORE INSERT ON span
      FOR EACH ROW WHEN (NEW.attributes ? 'poison') EXECUTE FUNCTION refuse_poison();`);
  try {
    await startReady({ lingerMs: 50 });
    const sent = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        post("traces", spanBody("neighbour", 1, i === 4 ? { attributes: { poison: true } } : {})),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 400, 200, 200, 200, 200]);
    expect(decodeStatus(sent[4]?.body ?? Buffer.alloc(0), "protobuf").message).toMatch(/poison/);
    expect(await countSpans("neighbour")).toBe(8);
    expect(await ledger()).toMatchObject({ received: 9, committed: 8, rejected: 1 });
    expect(await isReady()).toBe(true);
  } finally {
    await sql.unsafe("DROP TRIGGER refuse_poison ON span; DROP FUNCTION refuse_poison;");
  }
});

test("the database cut off in the middle: 503 until it is back, and nothing acknowledged is missing", async () => {
  await startReady({ lingerMs: 1 });
  const bodies = Array.from({ length: 60 }, () => spanBody("reconciled", 5));
  let acknowledged = 0;
  const statuses = new Set<number>();
  /** As a sender does: again until it is acknowledged. */
  const deliver = async (body: Buffer): Promise<void> => {
    const { status, headers } = await post("traces", body);
    statuses.add(status);
    if (status === 200) acknowledged += 1;
    else {
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      await waitFor(isReady, { what: "the database to be back" });
      await deliver(body);
    }
  };
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let i = sender; i < bodies.length; i += 4) await deliver(bodies[i] ?? Buffer.alloc(0));
  });
  await waitFor(() => acknowledged >= 10, { what: "the first acknowledgements" });
  await relay.cut();
  await waitFor(async () => !(await isReady()), { what: "the outage to be noticed" });
  const away = await post("traces", spanBody("while away"));
  expect([away.status, away.headers.get("retry-after")]).toEqual([503, "2"]);
  await relay.restore();
  await Promise.all(senders);
  expect(statuses).toEqual(new Set([200, 503]));
  expect(await countSpans("reconciled")).toBe(300);
  const {
    received = 0,
    committed = 0,
    duplicate = 0,
    rejected,
    turned_away: turnedAway = 0,
  } = await ledger();
  expect(rejected).toBe(0);
  expect(received).toBe(committed + duplicate + turnedAway);
  // A commit whose answer was lost in the cut is met again as a duplicate.
  expect(committed + duplicate).toBe(300);
});

test("a database that stops answering counts as away, and is found again", async () => {
  await startReady({ databaseTimeoutMs: 300 });
  expect((await post("traces", spanBody("before the freeze"))).status).toBe(200);
  relay.freeze();
  const body = spanBody("frozen");
  const frozen = await post("traces", body);
  expect([frozen.status, decodeStatus(frozen.body, "protobuf").message]).toEqual([
    503,
    "nothing can be committed now: the database did not answer within 0.3 s",
  ]);
  expect(await isReady()).toBe(false);
  await relay.restore();
  await waitFor(isReady, { what: "the database to be found again" });
  expect((await post("traces", body)).status).toBe(200);
  expect(await countSpans("frozen")).toBe(1);
});

test("without a database it starts all the same, says so once, and is ready when there is one", async () => {
  await relay.cut();
  const warnings: unknown[] = [];
  const log = createLogger("collector", "silent");
  log.warn = (...line: unknown[]) => void warnings.push(line);
  await start({ log });
  await waitFor(() => warnings.length > 0, { what: "a warning" });
  expect((await fetch(url("/healthz"))).status).toBe(200);
  const readiness = await fetch(url("/readyz"));
  expect([readiness.status, await readiness.text()]).toEqual([
    503,
    expect.stringMatching(/^not ready: the database is away: .*nothing listens there/),
  ]);
  expect((await post("traces", spanBody("early"))).status).toBe(503);
  await relay.restore();
  await waitFor(isReady, { what: "the collector to be ready" });
  expect((await post("traces", spanBody("early"))).status).toBe(200);
  expect(warnings).toHaveLength(1);
});

test("stopping commits and answers what is in flight, and takes nothing new", async () => {
  await startReady({ lingerMs: 60_000 });
  const { port } = collector;
  const inFlight = Promise.all([post("traces", spanBody("last")), post("traces", spanBody("last"))]);
  await waitFor(async () => /queue_requests 2$/m.test(await registry.metrics()), { what: "both to wait" });
  await collector.stop();
  expect((await inFlight).map(({ status }) => status)).toEqual([200, 200]);
  expect(await countSpans("last")).toBe(2);
  await expect(
    new Promise((resolve, reject) => connect(port, "127.0.0.1", () => resolve("open")).on("error", reject)),
  ).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("what OpenTelemetry's own exporter sends is in the database", async () => {
  await startReady();
  const { tracer, stop } = await startSelfTracing("exporting", url("/"));
  tracer.startSpan("exported", { attributes: { tries: 3, tags: ["a", "b"] } }).end();
  await stop();
  expect(
    await sql`
      SELECT s.namespace, s.name, attributes FROM span JOIN telemetry_service s ON s.id = service_id
      JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = 'exported'`,
  ).toEqual([{ namespace: "weir", name: "exporting", attributes: { tries: 3, tags: ["a", "b"] } }]);
});

test("its metrics tell what it did, and partitions are made before it is ready", async () => {
  await startReady();
  await post("traces", spanBody("measured"));
  const metrics = await (await fetch(url("/metrics"))).text();
  for (const line of [
    /^weir_collector_requests_total\{signal="traces",status="200"\} 1$/m,
    /^weir_collector_items_committed_total\{signal="traces"\} 1$/m,
    /^weir_collector_commit_seconds_count\{result="committed"\} 1$/m,
    /^weir_collector_batch_requests_sum 1$/m,
    /^weir_collector_database_up 1$/m,
    /^weir_collector_queue_bytes 0$/m,
    /^weir_collector_last_commit_age_seconds \d/m,
  ])
    expect(metrics).toMatch(line);
  expect(
    await sql`SELECT count(*)::int AS count FROM span_default JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = 'measured'`,
  ).toEqual([{ count: 0 }]);
});

test("a port that is taken is one sentence", async () => {
  await startReady();
  const listen = { host: "127.0.0.1", port: collector.port };
  const second = startCollector({
    config: { databaseUrl: database.databaseUrl, listen, retentionHours: 1 },
    log: createLogger("collector", "silent"),
    registry: createRegistry("collector"),
    tracer: (await startSelfTracing("collector")).tracer,
    now: Date.now,
  });
  await expect(second).rejects.toThrow(
    `cannot listen on 127.0.0.1:${collector.port}: another process listens there`,
  );
});
