import type { AnyProcedure } from "@trpc/server";
import { openSql, type SpanRecord } from "@weir/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { dependencies } from "./dependencies.ts";
import { operations, operationsOfService, services } from "./names.ts";
import { search } from "./search.ts";
import { jaegerAnswer } from "./serve-jaeger.ts";
import { trace } from "./trace.ts";

/** What a Jaeger 2.12 answered when it was sent these spans by OTLP. */

let mesh: ConsoleForTest;
const nowMs = Date.UTC(2026, 10, 1, 10, 30);
const startMs = nowMs - 60_000;
const atNs = (ms: number) => BigInt(startMs + ms) * 1_000_000n;
const atUs = (ms: number) => (startMs + ms) * 1_000;
const traceId = "0af7651916cd43dd8448eb211c80319c";
const jobTraceId = "0000000000000000000000000000abcd";
const checkout = { namespace: "shop", name: "checkout", version: "v1" };
const payments = { namespace: "shop", name: "payments", version: "v2" };

const clientSpan: SpanRecord = {
  ...{
    traceId,
    spanId: "00000000000000c1",
    operation: "POST payments",
    kind: 3,
    status: 0,
    service: checkout,
  },
  resource: {
    "service.name": "checkout",
    "service.namespace": "shop",
    "service.version": "v1",
    "host.cpus": 4,
  },
  startNs: atNs(0) + 789n,
  durationNs: 50_000_001n,
  attributes: { "url.path": "/charges", retries: 2, ratio: 0.5, cold: true, list: ["a", 1] },
};
const serverSpan: SpanRecord = {
  ...{ traceId, spanId: "00000000000000c2", parentSpanId: "00000000000000c1", operation: "POST", kind: 2 },
  ...{ status: 2, statusMessage: "declined", service: payments },
  resource: { "service.name": "payments", "service.namespace": "shop", "service.version": "v2" },
  startNs: atNs(2),
  durationNs: 40_000_000n,
  attributes: {},
  events: [{ timeNs: String(atNs(10)), name: "declined", attributes: { code: 51 } }],
  links: [{ traceId: jobTraceId, spanId: "00000000000000d1" }],
};
const jobSpan: SpanRecord = {
  ...{ traceId: jobTraceId, spanId: "00000000000000d1", operation: "job", kind: 5, status: 1 },
  ...{ service: payments, resource: serverSpan.resource, attributes: {} },
  startNs: atNs(-5_000),
  durationNs: 1_000_000_000n,
};

beforeAll(async () => {
  mesh = await consoleForTest();
  await mesh.commit({ spans: [clientSpan, serverSpan, jobSpan] });
});
afterAll(() => mesh.close());

const addresses: readonly { form: RegExp; name: string; procedure: AnyProcedure }[] = [
  { form: /^services$/, name: "services", procedure: services },
  {
    form: /^services\/(?<service>[^/]+)\/operations$/,
    name: "operationsOfService",
    procedure: operationsOfService,
  },
  { form: /^operations$/, name: "operations", procedure: operations },
  { form: /^traces$/, name: "search", procedure: search },
  { form: /^traces\/(?<traceID>[^/]+)$/, name: "trace", procedure: trace },
  { form: /^dependencies$/, name: "dependencies", procedure: dependencies },
];

async function get(path: string, of: ConsoleForTest = mesh, over: Partial<ConsoleForTest["context"]> = {}) {
  const url = new URL(`http://localhost:3000/jaeger/api/${path}`);
  for (const { form, name, procedure } of addresses) {
    const found = form.exec(url.pathname.slice("/jaeger/api/".length));
    if (!found) continue;
    const context = { ...of.context, now: () => nowMs, ...over };
    const response = await jaegerAnswer(name, procedure, new Request(url), { ...found.groups }, context);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  throw new Error(`Jaeger has no ${path}`);
}

const whole = { total: 0, limit: 0, offset: 0, errors: null };
const text = (key: string, value: string) => ({ key, type: "string", value });
const integer = (key: string, value: number) => ({ key, type: "int64", value });

const recordedTrace = {
  traceID: traceId,
  spans: [
    {
      ...{ traceID: traceId, spanID: "00000000000000c1", operationName: "POST payments", references: [] },
      ...{ startTime: atUs(0), duration: 50_000, logs: [], processID: "p1", warnings: null },
      tags: [
        { key: "cold", type: "bool", value: true },
        text("list", '["a",1]'),
        { key: "ratio", type: "float64", value: 0.5 },
        integer("retries", 2),
        text("span.kind", "client"),
        text("url.path", "/charges"),
      ],
    },
    {
      ...{ traceID: traceId, spanID: "00000000000000c2", operationName: "POST" },
      references: [
        { refType: "CHILD_OF", traceID: traceId, spanID: "00000000000000c1" },
        { refType: "FOLLOWS_FROM", traceID: jobTraceId, spanID: "00000000000000d1" },
      ],
      ...{ startTime: atUs(2), duration: 40_000, processID: "p2", warnings: null },
      tags: [
        { key: "error", type: "bool", value: true },
        text("otel.status_code", "ERROR"),
        text("otel.status_description", "declined"),
        text("span.kind", "server"),
      ],
      logs: [{ timestamp: atUs(10), fields: [text("event", "declined"), integer("code", 51)] }],
    },
  ],
  processes: {
    p1: {
      serviceName: "checkout",
      tags: [integer("host.cpus", 4), text("service.namespace", "shop"), text("service.version", "v1")],
    },
    p2: {
      serviceName: "payments",
      tags: [text("service.namespace", "shop"), text("service.version", "v2")],
    },
  },
  warnings: null,
};

describe("the calls of Grafana's Jaeger data source, in its order", () => {
  test("Save & test, and the list of services", async () => {
    const { status, body } = await get("services");
    expect([status, body]).toEqual([200, { ...whole, data: ["checkout", "payments"], total: 2 }]);
  });

  test("the operations of the service that is chosen", async () => {
    const { body } = await get("services/payments/operations");
    expect(body).toEqual({ ...whole, data: ["POST", "job"], total: 2 });
  });

  test("a search, with every field of its form", async () => {
    const tags = encodeURIComponent(JSON.stringify({ "url.path": "/charges", retries: "2" }));
    const range = `start=${atUs(-3_600_000)}&end=${nowMs * 1_000}&lookback=custom`;
    const form = `service=checkout&operation=POST%20payments&tags=${tags}&minDuration=40ms&maxDuration=1.5s&limit=20`;
    const { body } = await get(`traces?${form}&${range}`);
    expect(body).toEqual({ ...whole, data: [recordedTrace] });
  });

  test("a trace by its id", async () => {
    expect((await get(`traces/${traceId}`)).body).toEqual({ ...whole, data: [recordedTrace] });
  });

  test("the node graph of dependencies", async () => {
    const { body } = await get(`dependencies?endTs=${nowMs}&lookback=3600000`);
    expect(body).toEqual({ ...whole, data: [{ parent: "checkout", child: "payments", callCount: 1 }] });
  });
});

describe("what Jaeger's UI asks beside these", () => {
  test("operations with their kind, which is not kept", async () => {
    const data = ["POST", "job"].map((name) => ({ name, spanKind: "" }));
    expect((await get("operations?service=payments")).body).toEqual({ ...whole, data, total: 2 });
  });

  test("a search that leaves its fields empty looks back two days, newest first", async () => {
    const empty = "operation=&tags=&minDuration=&maxDuration=&start=&end=&limit=";
    const { body } = await get(`traces?service=payments&${empty}`);
    expect(body.data.map((one: { traceID: string }) => one.traceID)).toEqual([traceId, jobTraceId]);
    expect((await get("traces?service=payments&lookback=3s")).body.data).toEqual([]);
  });

  test("traces by several ids, of which one is not there", async () => {
    const { status, body } = await get("traces?traceID=abcd&traceID=ef");
    expect([status, body.data.length]).toEqual([200, 1]);
    expect(body.errors).toEqual([{ msg: "trace not found", traceID: "ef" }]);
  });

  test("an id without its leading zeros, in capitals", async () => {
    expect((await get("traces/ABCD")).body.data[0].traceID).toBe(jobTraceId);
  });
});

test.each`
  query                                  | found
  ${'tags={"error":"true"}'}             | ${1}
  ${"tag=error:true"}                    | ${1}
  ${'tags={"otel.status_code":"ERROR"}'} | ${1}
  ${"operation=job"}                     | ${1}
  ${"operation=all"}                     | ${2}
  ${"limit=1"}                           | ${1}
  ${"minDuration=900ms"}                 | ${1}
  ${"tag=url.path:/charges"}             | ${0}
`("searching payments by $query finds $found", async ({ query, found }) => {
  const { status, body } = await get(`traces?service=payments&${query}`);
  expect([status, body.data?.length], JSON.stringify(body.errors)).toEqual([200, found]);
});

test("a service that nobody has is nothing found, and no error", async () => {
  expect((await get("traces?service=nobody")).body).toEqual({ ...whole, data: [] });
  expect((await get("services/no%2Fbody/operations")).body).toEqual({ ...whole, data: [] });
});

test.each`
  path                                                       | code   | says
  ${"traces"}                                                | ${400} | ${"parameter 'service' is required"}
  ${"operations"}                                            | ${400} | ${"parameter 'service' is required"}
  ${"traces?service=payments&start=yesterday"}               | ${400} | ${"unable to parse param 'start'"}
  ${"traces?service=payments&minDuration=5"}                 | ${400} | ${"unable to parse param 'minDuration'"}
  ${"traces?service=payments&minDuration=2s&maxDuration=1s"} | ${400} | ${"'maxDuration' should be greater than 'minDuration'"}
  ${"traces?service=payments&tags=x"}                        | ${400} | ${"malformed 'tags' parameter"}
  ${"traces?service=payments&tag=x"}                         | ${400} | ${"malformed 'tag' parameter"}
  ${'traces?service=payments&tags={"span.kind":"server"}'}   | ${400} | ${"tag 'span.kind'"}
  ${"traces/xyz"}                                            | ${400} | ${"hexadecimal"}
  ${"traces/ffff"}                                           | ${404} | ${"trace not found"}
`("$path is $code in Jaeger's envelope", async ({ path, code, says }) => {
  const { status, body } = await get(path);
  expect(status).toBe(code);
  expect(body).toEqual({ ...whole, data: null, errors: [{ code, msg: expect.stringContaining(says) }] });
});

test("where two namespaces have a service of one name, both can be asked for", async () => {
  const other = await consoleForTest();
  try {
    const infra = { ...jobSpan, traceId, service: { ...payments, namespace: "infra" } };
    await other.commit({ spans: [jobSpan, infra] });
    expect((await get("services", other)).body.data).toEqual(["payments.infra", "payments.shop"]);
    const { body } = await get("traces?service=payments.infra", other);
    expect(body.data.map((one: { traceID: string }) => one.traceID)).toEqual([traceId]);
  } finally {
    await other.close();
  }
});

test("a database that is away is 503 in Jaeger's envelope, and says when to ask again", async () => {
  const sql = openSql("postgres://weir:secret@127.0.0.1:1/weir", { applicationName: "weir-console-test" });
  const { status, headers, body } = await get("services", mesh, { sql });
  await sql.end();
  expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
  expect(body.errors).toEqual([{ code: 503, msg: "the database cannot be reached" }]);
});
