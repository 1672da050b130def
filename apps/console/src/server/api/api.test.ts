import { createServer } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import { type AccessLogRecord, openSql, type SpanRecord } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { answer } from "./serve.ts";
import { describes, document } from "./testing/described-as.ts";

let mesh: ConsoleForTest;
const nowMs = Date.UTC(2026, 10, 1, 10, 30, 3);
const traceId = "0af7651916cd43dd8448eb211c80319c";
const checkout = { namespace: "shop", service: "checkout", version: "v1" };
const payments = { namespace: "shop", service: "payments", version: "v1" };
const atNs = (agoMs: number) => BigInt(nowMs - agoMs) * 1_000_000n;

function span(over: Partial<SpanRecord>): SpanRecord {
  return {
    ...{ traceId, spanId: "00000000000000c1", operation: "POST payments", kind: 3, status: 0 },
    service: { namespace: "shop", name: "checkout", version: "v1" },
    resource: { "service.name": "checkout" },
    startNs: atNs(60_000) + 789n,
    durationNs: 50_000_001n,
    attributes: { "url.path": "/charges" },
    ...over,
  };
}

const wouldAct = {
  ...{ policy: "shop/limit", kind: "rateLimit", revision: 1, mode: "observe", verdict: "limited" },
  ...{ wouldAct: true, acted: false, reason: "" },
};

function accessLog(over: Partial<AccessLogRecord>): AccessLogRecord {
  return {
    ...{ timeNs: atNs(30_000), reporter: "source", source: checkout, destination: payments },
    ...{ protocol: "http", method: "POST", path: "/", status: 200, flag: "" },
    ...{ durationNs: 50_000_000n, upstreamNs: 40_000_000n, requestBytes: 10n, responseBytes: 20n },
    decisions: [],
    ...over,
  };
}

beforeAll(async () => {
  mesh = await consoleForTest();
  const server = span({
    ...{
      spanId: "00000000000000c2",
      parentSpanId: "00000000000000c1",
      operation: "POST",
      kind: 2,
      status: 2,
    },
    service: { namespace: "shop", name: "payments", version: "v1" },
    startNs: atNs(59_998),
    events: [{ timeNs: String(atNs(59_990)), name: "declined", attributes: { code: 51 } }],
    links: [{ traceId, spanId: "00000000000000c1", attributes: {} }],
  });
  const others = [1, 2, 3].map((i) => span({ traceId: `${i}`.padStart(32, "0"), startNs: atNs(60_000 + i) }));
  await mesh.commit({
    spans: [span({}), server, ...others],
    accessLogs: [
      accessLog({ path: "/charges/1" }),
      accessLog({ path: "/charges/2", decisions: [wouldAct] }),
      accessLog({ path: "/charges/3", status: 503, durationNs: 70_000_000n }),
    ],
    edgePoints: [
      {
        ...{ timeMs: nowMs - 60_000, reporter: "source", source: checkout, destination: payments },
        ...{ protocol: "http", method: "POST", flag: "", statusClass: 5, requests: 4 },
        ...{ requestBytes: 10, responseBytes: 20, durationSumSeconds: 0.2, exemplars: [] },
        histogram: { indexes: [-70, -69], counts: [3, 1] },
      },
      {
        // Slow ones, of ten minutes before the window that is asked for unless told.
        ...{ timeMs: nowMs - 1_500_000, reporter: "source", source: checkout, destination: payments },
        ...{ protocol: "http", method: "POST", flag: "", statusClass: 2, requests: 400 },
        ...{ requestBytes: 10, responseBytes: 20, durationSumSeconds: 800, exemplars: [] },
        histogram: { indexes: [16], counts: [400] },
      },
    ],
  });
});
afterAll(() => mesh.close());

/** Asks as an HTTP client does, at `/api/v1` and below. */
async function ask(path: string, headers: Record<string, string> = {}, context = mesh.context) {
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  const { operation, parameters } = operationAt(url.pathname.slice("/api/v1".length));
  const request = new Request(url, { headers });
  const response = await answer(operation, request, parameters, { ...context, now: () => nowMs });
  const text = await response.text();
  return { response, operation, body: text === "" ? undefined : JSON.parse(text) };
}

function operationAt(path: string): { operation: Operation; parameters: Record<string, string> } {
  for (const operation of operations) {
    const form = new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const found = form.exec(path);
    if (found) return { operation, parameters: { ...found.groups } };
  }
  throw new Error(`no operation at ${path}`);
}

test("the description is OpenAPI 3.1, and names every operation once", async () => {
  expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toMatchObject({ valid: true });
  const ids = Object.values(document.paths ?? {}).map((item) => (item.get ?? item.post)?.operationId);
  expect(ids).toEqual(["graph", "services", "traces", "trace", "heatmap", "tap", "top", "preview", "status"]);
  const names = (path: string) =>
    document.paths?.[path]?.get?.parameters?.map((one) => "name" in one && one.name);
  expect(names("/traces/{traceId}")).toEqual(expect.arrayContaining(["traceId", "limit", "cursor"]));
});

test.each`
  path
  ${"/graph"}
  ${"/graph?namespace=shop&from=2026-11-01T10:00:00Z&to=2026-11-01T12:00:00%2B01:00"}
  ${"/graph?from=20m&to=19m"}
  ${"/services"}
  ${"/services?limit=1"}
  ${"/traces"}
  ${"/traces?limit=1&service=shop/checkout"}
  ${`/traces/${traceId}`}
  ${`/traces/${traceId.toUpperCase()}?limit=1`}
  ${"/heatmap?service=shop/payments"}
  ${"/heatmap?service=shop/payments&caller=shop/checkout&columns=3"}
  ${"/heatmap?service=shop/nobody"}
  ${"/top"}
  ${"/top?by=source&by=status&sort=p99&order=asc&limit=1"}
`("$path is answered as described", async ({ path }) => {
  const { response, operation, body } = await ask(path);
  expect(response.status, JSON.stringify(body)).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(describes(operation, 200, body)).toBe("as described");
});

test("the description refuses what is not described", async () => {
  const { operation, body } = await ask("/graph");
  delete body.edges[0].latencySeconds;
  expect(describes(operation, 200, body)).not.toBe("as described");
});

test("the graph has edges with their numbers, and null where nothing was measured", async () => {
  const { body } = await ask("/graph");
  expect(body.window).toEqual({ from: "2026-11-01T10:15:10.000Z", to: "2026-11-01T10:30:10.000Z" });
  expect(body.edges).toMatchObject([
    { id: "shop/checkout~shop/payments", requests: 4, errors: 4, errorShare: 1, evidence: "metrics" },
  ]);
  expect(body.edges[0].latencySeconds.p50).toBeCloseTo(0.0493, 3);
  const caller = body.nodes.find((node: { id: string }) => node.id === "shop/checkout");
  expect(caller).toMatchObject({ requests: 0, errorShare: null, mode: null });
  expect(caller.health).toEqual({ state: "no-data", reasons: [] });
  const reasons = [{ outcome: "errors", requests: 4, share: 1, tooFew: true }];
  expect(body.edges[0].health).toMatchObject({ state: "degraded", reasons });
});

test("another namespace's graph is empty", async () => {
  expect((await ask("/graph?namespace=infra")).body).toMatchObject({ nodes: [], edges: [] });
});

test("latencies of a service are of the window and of nothing before it", async () => {
  const { services } = (await ask("/services?from=15m")).body;
  const latency = services.find((own: { id: string }) => own.id === "shop/payments").latencySeconds;
  expect(latency.p50).toBeCloseTo(0.0493, 3);
  expect(latency.p99).toBeLessThan(0.06);
  const longer = (await ask("/services?from=30m")).body.services;
  expect(longer.find((own: { id: string }) => own.id === "shop/payments").latencySeconds.p50).toBeGreaterThan(
    1,
  );
});

test("services page by their id, without a gap or a repeat", async () => {
  const first = (await ask("/services?limit=1")).body;
  expect(first.services).toMatchObject([{ id: "shop/checkout", latencySeconds: { p99: null } }]);
  const second = (await ask(`/services?limit=1&cursor=${encodeURIComponent(first.next)}`)).body;
  expect(second).toMatchObject({ services: [{ id: "shop/payments" }], next: null });
});

test.each`
  query                                                  | found
  ${"service=shop/payments"}                             | ${1}
  ${"service=shop/payments&version=v2"}                  | ${0}
  ${"service=shop/payments&caller=shop/checkout"}        | ${1}
  ${"attribute=url.path%3D/charges&status=error"}        | ${1}
  ${"attribute=url.path%3D/charges&attribute=a%3Db"}     | ${0}
  ${"operation=POST"}                                    | ${1}
  ${"minDuration=50ms&maxDuration=50.1ms"}               | ${3}
  ${"minDuration=1m"}                                    | ${0}
  ${"from=2026-11-01T10:29:03Z&to=2026-11-01T10:30:03Z"} | ${1}
`("traces by $query: $found", async ({ query, found }) => {
  const { body } = await ask(`/traces?${query}`);
  expect(body.traces, JSON.stringify(body)).toHaveLength(found);
});

test("traces page backwards, without a gap or a repeat", async () => {
  const first = (await ask("/traces?limit=3")).body;
  const second = (await ask(`/traces?limit=3&cursor=${encodeURIComponent(first.next)}`)).body;
  expect(second.next).toBeNull();
  expect(new Set([...first.traces, ...second.traces].map((trace) => trace.traceId)).size).toBe(4);
});

test("a trace has every nanosecond, its events and links, a page at a time", async () => {
  const first = (await ask(`/traces/${traceId}?limit=1`)).body;
  expect(first).toMatchObject({ traceId, spanCount: 2, startNs: String(atNs(60_000) + 789n) });
  expect(first.spans).toMatchObject([
    {
      spanId: "00000000000000c1",
      parentSpanId: null,
      kind: "client",
      status: "unset",
      durationNs: "50000001",
    },
  ]);
  const second = (await ask(`/traces/${traceId}?limit=1&cursor=${first.next}`)).body;
  expect(second).toMatchObject({
    next: null,
    spans: [
      {
        ...{ spanId: "00000000000000c2", parentSpanId: "00000000000000c1", kind: "server", status: "error" },
        events: [{ name: "declined", timeNs: String(atNs(59_990)), attributes: { code: 51 } }],
        links: [{ traceId, spanId: "00000000000000c1" }],
      },
    ],
  });
  const gone = (await ask(`/traces/${traceId}?cursor=${atNs(59_999)}.00000000000000ff.3`)).body;
  expect(gone.spans.map((one: { spanId: string }) => one.spanId)).toEqual(["00000000000000c2"]);
});

test("requests put together say what they agree in, and null for the rest", async () => {
  const { body } = await ask("/top?by=source&by=status&destination=shop/payments");
  expect(body).toMatchObject({
    window: { from: "2026-11-01T10:29:10.000Z", to: "2026-11-01T10:30:10.000Z" },
    groups: 2,
    rows: [
      { source: "shop/checkout", destination: null, path: null, status: 200, requests: 2, errorShare: 0 },
      { source: "shop/checkout", status: 503, errorShare: 1, health: { state: "degraded" } },
    ],
  });
  expect(body.rows[0].rps).toBeCloseTo(2 / 53);
  expect(body.rows[0].latencySeconds.p99).toBeCloseTo(0.0493, 3);
});

test.each`
  query                             | paths
  ${"status=503"}                   | ${["/charges/3"]}
  ${"status=5xx"}                   | ${["/charges/3"]}
  ${"status=none"}                  | ${[]}
  ${"path=/charges/&sort=path"}     | ${["/charges/1", "/charges/2", "/charges/3"]}
  ${"minDuration=60ms"}             | ${["/charges/3"]}
  ${"decision=would-act"}           | ${["/charges/2"]}
  ${"decision=acted"}               | ${[]}
  ${"source=shop/payments"}         | ${[]}
  ${"sort=errors&limit=1"}          | ${["/charges/3"]}
  ${"sort=path&order=desc&limit=1"} | ${["/charges/3"]}
`("top of $query: $paths", async ({ query, paths }) => {
  const { body } = await ask(`/top?by=path&${query}`);
  expect(body.rows.map((row: { path: string }) => row.path)).toEqual(paths);
});

test("a heatmap counts every request once", async () => {
  const { body } = await ask("/heatmap?service=shop/payments");
  const cells = body.columns.flatMap(
    (column: { cells: { bucket: number; count: number }[] }) => column.cells,
  );
  expect(cells).toEqual([
    { bucket: -70, count: 3 },
    { bucket: -69, count: 1 },
  ]);
  expect(body.buckets.map(({ index }: { index: number }) => index)).toEqual([-70, -69]);
  expect(body.buckets[0].toSeconds).toBe(body.buckets[1].fromSeconds);
});

test.each`
  path                                 | parameter        | says
  ${"/graph?from=yesterday"}           | ${"from"}        | ${"15m"}
  ${"/graph?from=2026-11-01T10:00:00"} | ${"from"}        | ${"zone"}
  ${"/graph?from=5m&to=10m"}           | ${"from"}        | ${"before to"}
  ${"/graph?since=5m"}                 | ${"since"}       | ${"not a parameter"}
  ${"/services?limit=0"}               | ${"limit"}       | ${"1 to 1000"}
  ${"/services?limit=many"}            | ${"limit"}       | ${"1 to 1000"}
  ${"/traces?service=payments"}        | ${"service"}     | ${"namespace/name"}
  ${"/traces?service=a/b&service=c/d"} | ${"service"}     | ${"once"}
  ${"/traces?minDuration=5"}           | ${"minDuration"} | ${"unit"}
  ${"/traces?attribute=x"}             | ${"attribute.0"} | ${"name=value"}
  ${"/traces?cursor=x"}                | ${"cursor"}      | ${"page before"}
  ${"/traces/xyz"}                     | ${"traceId"}     | ${"32 hexadecimal"}
  ${`/traces/${traceId}?cursor=1`}     | ${"cursor"}      | ${"page before"}
  ${"/heatmap"}                        | ${"service"}     | ${"namespace/name"}
  ${"/top?from=16m"}                   | ${"from"}        | ${"15 minutes"}
  ${"/top?by=host"}                    | ${"by.0"}        | ${"source, destination"}
  ${"/top?by=path&sort=status"}        | ${"sort"}        | ${"one of by"}
  ${"/top?status=6xx"}                 | ${"status"}      | ${"5xx"}
`("$path is refused, naming $parameter", async ({ path, parameter, says }) => {
  const { response, operation, body } = await ask(path);
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(body.errors).toEqual([{ parameter, detail: expect.stringContaining(says) }]);
  expect(describes(operation, 400, body)).toBe("as described");
});

test("a trace that is not stored is 404, and says why it may be so", async () => {
  const { response, operation, body } = await ask(`/traces/${"f".repeat(32)}`);
  expect(response.status).toBe(404);
  expect(body.detail).toContain("retention");
  expect(describes(operation, 404, body)).toBe("as described");
});

test("an answer that the asker has is not sent again, and is the same for ten seconds", async () => {
  const first = await ask("/graph");
  const etag = first.response.headers.get("etag") ?? "";
  expect(first.response.headers.get("cache-control")).toBe("private, no-cache");
  const later = { ...mesh.context, now: () => nowMs + 5_000 };
  const again = await ask("/graph", { "if-none-match": `"other", ${etag}` }, later);
  expect([again.response.status, again.body, again.response.headers.get("etag")]).toEqual([
    304,
    undefined,
    etag,
  ]);
  expect((await ask("/graph?from=5m", { "if-none-match": etag })).response.status).toBe(200);
});

test("a database that is away is 503 with Retry-After, without a word of where it is", async () => {
  const sql = openSql(`postgres://weir:secret@127.0.0.1:${await closedPort()}/weir`, {
    applicationName: "test",
  });
  const { response, operation, body } = await ask("/traces", {}, { ...mesh.context, sql });
  await sql.end();
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(describes(operation, 503, body)).toBe("as described");
  expect(JSON.stringify(body)).not.toMatch(/secret|127\.0\.0\.1/);
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address ? address.port : 0;
}
