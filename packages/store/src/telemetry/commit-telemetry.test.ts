import { histogramCount } from "@weir/domain";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { channels, subscribe } from "../connection/subscribe.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { type StoredEdge, storedEdges } from "./edges/testing/stored-edges.ts";
import type { TelemetryRequest } from "./records.ts";
import {
  sampleAccessLog,
  sampleDecision,
  sampleEdge,
  sampleLog,
  sampleMetric,
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleSpanId,
  sampleTraceId,
} from "./sample-records.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 8 });
});
afterEach(async () => {
  await sql`
    TRUNCATE span, access_log, log_record, metric_point, trace, edge_delta, decision_10s, decision_1h, ingest_request`;
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const caches = createTelemetryCaches();
const commit = (...requests: TelemetryRequest[]) => commitTelemetry(sql, { requests }, caches);
const full = () =>
  sampleRequest({
    spans: [sampleSpan()],
    accessLogs: [sampleAccessLog()],
    logs: [sampleLog()],
    edgePoints: [sampleEdge()],
    decisionPoints: [sampleDecision()],
    metricPoints: [sampleMetric()],
  });

async function counts(): Promise<Record<string, unknown>> {
  const [row] = await sql`
    SELECT (SELECT count(*)::int FROM span) AS spans, (SELECT count(*)::int FROM access_log) AS access,
      (SELECT count(*)::int FROM log_record) AS logs, (SELECT count(*)::int FROM metric_point) AS metrics,
      (SELECT sum(span_count)::int FROM trace) AS traced, (SELECT sum(evaluated)::int FROM decision_10s) AS evaluated`;
  const edges = await edgesOfMetrics();
  return { ...row, requests: edges.reduce((sum, { requests }) => sum + requests, 0) };
}

/** Of those that were not drawn from spans. */
async function edgesOfMetrics(): Promise<StoredEdge[]> {
  const series = await sql<{ id: number }[]>`SELECT id FROM edge_series WHERE reporter < 2`;
  const ids = new Set(series.map(({ id }) => id));
  return (await storedEdges(sql)).filter(({ seriesId }) => ids.has(seriesId));
}

const once = { spans: 1, access: 1, logs: 1, metrics: 1, traced: 1, requests: 3, evaluated: 10 };

describe("a batch", () => {
  test("is stored whole, and a resend changes nothing", async () => {
    const request = full();
    expect(await commit(request, request)).toMatchObject({ committed: 1, duplicates: 1 });
    expect(await counts()).toEqual(once);
    expect(await commit(request)).toMatchObject({ committed: 0, duplicates: 1 });
    expect(await counts()).toEqual(once);
    expect(await commit(request, sampleRequest({ spans: [sampleSpan()] }))).toMatchObject({
      committed: 1,
      duplicates: 1,
    });
    expect(await counts()).toMatchObject({ spans: 2, requests: 3 });
  });

  test("sent by two collectors at the same moment is stored once", async () => {
    const request = full();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => commitTelemetry(sql, { requests: [request] }, createTelemetryCaches())),
    );
    expect(results.reduce((sum, { committed }) => sum + committed, 0)).toBe(1);
    expect(await counts()).toEqual(once);
  });

  test("with one bad record leaves nothing behind, and is accepted once that is mended", async () => {
    const bad = sampleRequest({
      ...{ edgePoints: [sampleEdge()], spans: [sampleSpan()] },
      accessLogs: [sampleAccessLog({ traceId: "xyz" })],
    });
    await expect(commit(bad)).rejects.toMatchObject({ code: "INVALID_RECORD" });
    expect(await counts()).toMatchObject({ spans: 0, requests: 0 });
    expect(await commit({ ...bad, accessLogs: [sampleAccessLog()] })).toMatchObject({
      committed: 1,
      duplicates: 0,
    });
  });

  test("without rows is a success", async () => {
    expect(await commit(sampleRequest({}))).toMatchObject({ committed: 1, duplicates: 0 });
    expect(await commit()).toMatchObject({ committed: 0, duplicates: 0 });
  });

  test("is announced with its counts when it is committed", async () => {
    const heard: string[] = [];
    const subscription = await subscribe(database.databaseUrl, [channels.telemetry], (_, text) =>
      heard.push(text),
    );
    await commit(full());
    await waitFor(() => heard.length > 0, { what: "a notification" });
    expect(JSON.parse(heard[0] ?? "")).toEqual({ spans: 1, edges: 1, logs: 2 });
    await subscription.close();
  });

  test("against a database that is away is refused as that", async () => {
    const gone = openSql("postgres://weir:x@127.0.0.1:1/weir", { applicationName: "test" });
    await expect(
      commitTelemetry(gone, { requests: [full()] }, createTelemetryCaches()),
    ).rejects.toMatchObject({ code: "DATABASE_UNREACHABLE", retryable: true });
    await gone.end();
  });
});

describe("edges", () => {
  test("many writers that add to the same slots lose nothing and don't block each other", async () => {
    const writers = 4;
    const batches = 15;
    const points = Array.from({ length: 20 }, (_, i) =>
      sampleEdge({
        timeMs: sampleMs + 10_000 * (1 + (i % 5)),
        statusClass: i % 6,
        histogram: { indexes: [i - 100, i - 90], counts: [1, 2] },
        exemplars: [{ bucketIndex: i - 90, traceId: sampleTraceId(i) }],
      }),
    );
    const spans = points.map((_, i) => sampleSpan({ traceId: sampleTraceId(i), spanId: sampleSpanId(i) }));
    const write = async (turn: number) => {
      const own = createTelemetryCaches();
      for (let n = 0; n < batches; n++) {
        const order = (turn + n) % 2 === 0 ? points : points.toReversed();
        const traces = (turn + n) % 2 === 0 ? spans : spans.toReversed();
        const request = sampleRequest({
          edgePoints: order,
          spans: traces,
          decisionPoints: [sampleDecision()],
        });
        await commitTelemetry(sql, { requests: [request] }, own);
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, turn) => write(turn)));
    expect(await counts()).toMatchObject({
      requests: writers * batches * 20 * 3,
      traced: writers * batches * 20,
      evaluated: writers * batches * 10,
    });
    const measured = (await edgesOfMetrics()).map(({ histogram }) => histogramCount(histogram));
    expect(measured.reduce((sum, count) => sum + count, 0)).toBe(writers * batches * 20 * 3);
  });
});

describe("any input", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("\0", "\t", "\n", "\r", "\\", "N", "\ud800", "\udc00", '"', "{", ",", "x"),
    }),
  );
  const json = fc.dictionary(
    text,
    fc.oneof(
      text,
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.uint8Array(),
      fc.constant(null),
      fc.array(text),
    ),
  );
  const stored = (value: string) => value.toWellFormed().replaceAll("\0", "\ufffd");

  test("is stored as it came, but for what Postgres cannot store", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, json, fc.bigInt(), fc.double(), async (a, b, attributes, big, number) => {
        for (const table of ["span", "access_log", "log_record"]) await sql`DELETE FROM ${sql(table)}`;
        const record = { namespace: a, name: b, version: "v1" };
        await commit(
          sampleRequest({
            spans: [
              sampleSpan({
                service: record,
                operation: a,
                statusMessage: b,
                attributes,
                resource: attributes,
              }),
              sampleSpan({ startNs: big, durationNs: big }),
            ],
            accessLogs: [sampleAccessLog({ path: a, host: b, status: number, requestBytes: big })],
            logs: [sampleLog({ body: a, attributes, severity: number })],
            metricPoints: [sampleMetric({ name: b, value: number, timeMs: number, histogram: attributes })],
            edgePoints: [
              sampleEdge({ flag: a, requests: number, histogram: { indexes: [number], counts: [number] } }),
            ],
            decisionPoints: [sampleDecision({ verdict: a, evaluated: number })],
          }),
        );
        const [row] = await sql`
          SELECT status_message, o.name AS operation, s.name AS service FROM span
          JOIN telemetry_operation o ON o.id = operation_id JOIN telemetry_service s ON s.id = span.service_id
          WHERE status_message IS NOT NULL`;
        expect(row).toEqual({ status_message: stored(b), operation: stored(a), service: stored(b) });
        const [log] = await sql`SELECT path, host FROM access_log`;
        expect(log).toEqual({ path: stored(a), host: stored(b) });
        const [body] = await sql`SELECT body FROM log_record`;
        expect(body).toEqual({ body: stored(a) });
      }),
      // The example lies in the first hour that there is: nothing may reach before it.
      { numRuns: 100, examples: [["", "", {}, -9223365600000000001n, 0]] },
    );
  }, 60_000);

  test("names that differ only in what cannot be stored are one", async () => {
    await commit(
      sampleRequest({
        spans: ["a\0", "a\ufffd", "a\ud800"].map((operation) => sampleSpan({ operation, startNs: sampleNs })),
      }),
    );
    expect(await sql`SELECT DISTINCT operation_id FROM span`).toHaveLength(1);
  });
});

test("a trace's summary grows with its spans, whatever their order", async () => {
  const at = (offsetNs: bigint, change: Parameters<typeof sampleSpan>[0]) =>
    sampleSpan({ parentSpanId: sampleSpanId(1), startNs: sampleNs + offsetNs, durationNs: 10n, ...change });
  await commit(sampleRequest({ spans: [at(50n, { operation: "late", status: 2 })] }));
  await commit(
    sampleRequest({
      spans: [at(5n, { operation: "early" }), at(0n, { operation: "root", parentSpanId: undefined })],
    }),
  );
  const [row] = await sql`
    SELECT start_ns - ${sampleNs.toString()}::bigint AS start, end_ns - ${sampleNs.toString()}::bigint AS end,
      span_count, error_count, r.name AS root, f.name AS first, cardinality(operation_ids) AS operations
    FROM trace JOIN telemetry_operation r ON r.id = root_operation_id
      JOIN telemetry_operation f ON f.id = first_operation_id`;
  expect(row).toEqual({
    ...{ start: "0", end: "60", span_count: 3, error_count: 1 },
    ...{ root: "root", first: "root", operations: 3 },
  });
});
