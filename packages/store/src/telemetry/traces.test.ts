import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { ingestHealth } from "./ingest-health.ts";
import type { SpanRecord } from "./records.ts";
import {
  cart,
  sampleEdge,
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleSpanId,
  sampleTraceId,
} from "./sample-records.ts";
import { searchTraces, type TraceSearch } from "./search-traces.ts";
import { serviceOperations } from "./service-operations.ts";
import { traceById } from "./trace-by-id.ts";
import { tracesOfEdge } from "./traces-of-edge.ts";

const window = { fromMs: sampleMs, toMs: sampleMs + 3_600_000 };
const shop = (name: string, version = "v1") => ({ namespace: "shop", name, version });
const second = 1_000_000_000n;

/** Trace n starts at second n: cart calls checkout, which calls payments; n ms long in all. */
function trace(n: number, change: { status?: number } = {}): SpanRecord[] {
  const startNs = sampleNs + BigInt(n) * second;
  const common = { traceId: sampleTraceId(n), durationNs: BigInt(n) * 1_000_000n };
  const id = (k: number) => sampleSpanId(n * 10 + k);
  return [
    sampleSpan({ ...common, spanId: id(1), startNs, service: cart, operation: "POST /checkout" }),
    sampleSpan({
      ...common,
      spanId: id(2),
      parentSpanId: id(1),
      startNs: startNs + 1n,
      durationNs: 1n,
      service: shop("checkout"),
      operation: "charge",
    }),
    sampleSpan({
      ...common,
      spanId: id(3),
      parentSpanId: id(2),
      startNs: startNs + 2n,
      durationNs: 1n,
      service: shop("payments", n % 2 ? "v1" : "v2"),
      operation: "pay",
      status: change.status ?? 0,
    }),
  ];
}

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const spans = [
    ...Array.from({ length: 9 }, (_, i) => trace(i + 1, i === 4 ? { status: 2 } : {})).flat(),
    // Crosses the hour; its root never came.
    sampleSpan({
      traceId: sampleTraceId(100),
      spanId: "fffffffffffffff1",
      parentSpanId: "8000000000000000",
      startNs: sampleNs + 3_599n * second,
      durationNs: 3n * second,
      service: shop("cron"),
      operation: "sweep",
    }),
    sampleSpan({
      traceId: sampleTraceId(100),
      spanId: "fffffffffffffff2",
      parentSpanId: "fffffffffffffff1",
      startNs: sampleNs + 3_601n * second,
      durationNs: 3n * second,
      service: shop("payments"),
      operation: "pay",
      status: 2,
      statusMessage: "no",
      events: [{ name: "retry" }],
      links: [],
      resource: { host: "h1" },
    }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ spans })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** However slow the machine is: that a page is cut short when its time is up is shown elsewhere. */
const unhurried = { budgetMs: 60_000 };
const find = async (search: Partial<TraceSearch>) => {
  const { traces } = await searchTraces(sql, { window, limit: 20, ...unhurried, ...search });
  return traces
    .map((found) => Number.parseInt(found.traceId, 16).toString(16))
    .map((hex) => Number.parseInt(hex, 16));
};
const descending = (...numbers: number[]) => numbers.sort((a, b) => b - a);

describe("search", () => {
  test.each<[string, Partial<TraceSearch>, number[]]>([
    ["nothing in particular", {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]],
    ["a part of the window", { window: { fromMs: sampleMs + 3_000, toMs: sampleMs + 6_000 } }, [3, 4, 5]],
    ["a service", { service: { namespace: "shop", service: "cron" } }, [100]],
    [
      "a version of a service",
      { service: { namespace: "shop", service: "payments", version: "v2" } },
      [2, 4, 6, 8],
    ],
    ["an operation", { operation: "sweep" }, [100]],
    [
      "an operation of a service",
      { operation: "pay", service: { namespace: "shop", service: "payments", version: "v2" } },
      [2, 4, 6, 8],
    ],
    [
      "an operation of a service that has none such",
      { operation: "pay", service: { namespace: "shop", service: "cart" } },
      [],
    ],
    ["an unknown service", { service: { namespace: "shop", service: "nobody" } }, []],
    ["errors", { status: "error" }, [5]],
    ["duration, both ends included", { minDurationMs: 3, maxDurationMs: 5 }, [3, 4, 5]],
  ])("by %s", async (_, search, expected) => {
    expect(await find(search)).toEqual(descending(...expected));
  });

  test.each([
    [4, 3],
    [1, 10],
  ])("goes page by page, each trace once, %i on each", async (limit, expectedPages) => {
    const seen: string[] = [];
    let before: string | undefined;
    let pages = 0;
    do {
      const page = await searchTraces(sql, { window, limit, before, ...unhurried });
      seen.push(...page.traces.map(({ traceId }) => traceId));
      before = page.next;
      pages++;
    } while (before !== undefined);
    expect(pages).toBe(expectedPages);
    expect(seen).toEqual(descending(1, 2, 3, 4, 5, 6, 7, 8, 9, 100).map(sampleTraceId));
  });

  test("a summary names root, extent and all who took part", async () => {
    const search = { window, limit: 1, operation: "charge", ...unhurried };
    const { traces } = await searchTraces(sql, search);
    expect(traces[0]).toMatchObject({
      ...{ traceId: sampleTraceId(9), startNs: sampleNs + 9n * second, durationNs: 9_000_000n },
      ...{ service: cart, operation: "POST /checkout", rootMissing: false, spanCount: 3, errorCount: 0 },
    });
    const names = traces[0]?.services.map(({ name }) => name);
    expect(names?.sort()).toEqual(["cart", "checkout", "payments"]);
  });

  test("a trace over the hour is one, and says that its root is missing", async () => {
    const both = { fromMs: sampleMs, toMs: sampleMs + 7_200_000 };
    const search = { window: both, limit: 20, minDurationMs: 2_000, ...unhurried };
    const { traces } = await searchTraces(sql, search);
    expect(traces).toHaveLength(1);
    expect(traces[0]).toMatchObject({
      ...{ traceId: sampleTraceId(100), durationNs: 5n * second, spanCount: 2, errorCount: 1 },
      ...{ operation: "sweep", service: shop("cron"), rootMissing: true },
    });
  });
});

test("a trace by its id: all spans in order, ids and values as they came", async () => {
  const spans = await traceById(sql, sampleTraceId(100).toUpperCase());
  expect(spans.map((s) => [s.spanId, s.parentSpanId, s.operation])).toEqual([
    ["fffffffffffffff1", "8000000000000000", "sweep"],
    ["fffffffffffffff2", "fffffffffffffff1", "pay"],
  ]);
  expect(spans[1]).toMatchObject({
    ...{ status: 2, statusMessage: "no", durationNs: 3n * second, startNs: sampleNs + 3_601n * second },
    ...{ resource: { host: "h1" }, events: [{ name: "retry" }], links: [], service: shop("payments") },
  });
  expect(await traceById(sql, sampleTraceId(77))).toEqual([]);
  expect(await traceById(sql, "not an id")).toEqual([]);
});

describe("traces of an edge", () => {
  const name = (service: string) => ({ namespace: "shop", service });
  const numbers = async (source: { namespace: string; service: string }, destination: string, limit = 20) =>
    (await tracesOfEdge(sql, { source, destination: name(destination) }, window, limit, unhurried)).map((t) =>
      Number.parseInt(t.traceId.slice(-4), 16),
    );

  test("are those where one called the other, newest first", async () => {
    expect(await numbers(name("checkout"), "payments", 3)).toEqual([9, 8, 7]);
  });
  test("not those where both only took part", async () => {
    expect(await numbers(name("cart"), "payments")).toEqual([]);
  });
  test("from outside are those that begin at the destination", async () => {
    expect(await numbers({ namespace: "", service: "outside" }, "cart")).toHaveLength(9);
    expect(await numbers({ namespace: "", service: "outside" }, "payments")).toEqual([]);
  });
});

test("operations by service", async () => {
  expect(await serviceOperations(sql, window)).toEqual([
    { namespace: "shop", service: "cart", operations: ["POST /checkout"] },
    { namespace: "shop", service: "checkout", operations: ["charge"] },
    { namespace: "shop", service: "cron", operations: ["sweep"] },
    { namespace: "shop", service: "payments", operations: ["pay"] },
  ]);
  const later = { fromMs: sampleMs + 3_600_000, toMs: sampleMs + 7_200_000 };
  expect((await serviceOperations(sql, later)).map(({ service }) => service)).toEqual(["payments"]);
});

test("ingest health tells what is newest, and what came in the last minute", async () => {
  expect(await ingestHealth(sql)).toEqual({
    // Edges are drawn from spans as well, of which the newest starts at second 3601.
    ...{
      newestSlotEndMs: sampleMs + 3_610_000,
      requestsLastMinute: 1,
      spansLastMinute: 0,
      accessLogsLastMinute: 0,
    },
  });
  const now = Date.now();
  const slotEndMs = Math.floor(now / 10_000) * 10_000 + 10_000; // the span's; the edge's ends where that begins, at most
  const spans = [sampleSpan({ startNs: BigInt(now) * 1_000_000n })];
  const edgePoints = [sampleEdge({ timeMs: now })];
  await commitTelemetry(sql, { requests: [sampleRequest({ spans, edgePoints })] }, createTelemetryCaches());
  const fast = now + 365 * 24 * 3_600_000; // a sender whose clock is a year ahead
  const ofFast = {
    spans: [sampleSpan({ startNs: BigInt(fast) * 1_000_000n })],
    edgePoints: [sampleEdge({ timeMs: fast })],
  };
  await commitTelemetry(sql, { requests: [sampleRequest(ofFast)] }, createTelemetryCaches());
  const health = await ingestHealth(sql);
  expect(health).toMatchObject({ requestsLastMinute: 3, spansLastMinute: 1 });
  expect(health.newestSlotEndMs).toBe(slotEndMs);
});
