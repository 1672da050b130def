import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { rootPaths } from "./root-paths.ts";
import { sampleNs, sampleRequest, sampleSpan, sampleSpanId, sampleTraceId } from "./sample-records.ts";
import { type SampleSpan, sampleSpanBlock } from "./search/testing/sample-span-block.ts";
import { spanColumns } from "./span-columns.ts";
import { spanDetails } from "./span-details.ts";
import { spansHolding } from "./spans-holding.ts";
import { hourNs } from "./time.ts";
import { traceById } from "./trace-by-id.ts";
import { traceSkeleton } from "./trace-skeleton.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const commit = (...spans: SampleSpan[]) =>
  commitTelemetry(
    sql,
    { requests: [{ ...sampleRequest({}), spans: sampleSpanBlock(spans) }] },
    createTelemetryCaches(),
  );

const traceId = sampleTraceId(1);
const root = sampleSpan({
  ...{ traceId, spanId: "ffffffffffffff01", attributes: { "url.path": "/checkout" } },
  ...{ events: [{ name: "retry" }, { name: "give up" }], links: [{ spanId: "1" }], resource: { host: "h1" } },
});
const child: SampleSpan = {
  ...sampleSpan({ traceId, spanId: sampleSpanId(2), parentSpanId: root.spanId, startNs: sampleNs + hourNs }),
  ...{ operation: "charge", kind: 3, status: 2, statusMessage: "refused", attributes: { "order.id": "7" } },
  shared: { tier: "gold", "http.request.method": "POST" },
};

beforeAll(async () => {
  await commit(root, child);
  await commit(child); // by another body
});

describe("a skeleton", () => {
  test("has all spans in the order of their start, each once, and how much more they say", async () => {
    const { spans, isWhole } = await traceSkeleton(sql, traceId.toUpperCase());
    expect(isWhole).toBe(true);
    expect(spans).toEqual([
      {
        ...{ spanId: root.spanId, parentSpanId: undefined, service: root.service, operation: root.operation },
        ...{ kind: 2, status: 0, startNs: root.startNs, durationNs: root.durationNs, events: 2, links: 1 },
      },
      {
        ...{ spanId: child.spanId, parentSpanId: root.spanId, service: root.service, operation: "charge" },
        ...{ kind: 3, status: 2, startNs: child.startNs, durationNs: child.durationNs, events: 0, links: 0 },
      },
    ]);
    expect(spans[0]?.service).toBe(spans[1]?.service);
  });

  test("of more spans than the limit has the first, and says so", async () => {
    const { spans, isWhole } = await traceSkeleton(sql, traceId, { limit: 1 });
    expect(spans.map(({ spanId }) => spanId)).toEqual([root.spanId]);
    expect(isWhole).toBe(false);
    expect((await traceSkeleton(sql, traceId, { limit: 2 })).isWhole).toBe(true);
  });

  test("of what is unknown, or no id, is empty", async () => {
    for (const id of [sampleTraceId(77), "no id"])
      expect(await traceSkeleton(sql, id)).toEqual({ spans: [], isWhole: true });
  });
});

describe("columns", () => {
  test("have all spans in the order of their start, each once, with what a waterfall shows of their attributes", async () => {
    const columns = await spanColumns(sql, traceId.toUpperCase());
    expect(columns).toMatchObject({
      ...{ spans: 2, isWhole: true, startNs: root.startNs, endNs: child.startNs + child.durationNs },
      ...{ ids: `${root.spanId}${child.spanId}`, parents: ["", root.spanId] },
      ...{ kindAndStatus: "2,19", startsNs: `0,${child.startNs - root.startNs}` },
      ...{ durationsNs: `${root.durationNs},${child.durationNs}`, more: [[0, 2, 1]] },
      marks: [[0, "/checkout", null, null, null]],
    });
    expect(columns?.operations.map((id) => columns.names.get(id))).toEqual([
      { service: root.service, operation: root.operation },
      { service: root.service, operation: "charge" },
    ]);
  });

  test("of more spans than the limit have the first, and say so", async () => {
    expect(await spanColumns(sql, traceId, { limit: 1 })).toMatchObject({
      ...{ spans: 1, isWhole: false, ids: root.spanId, parents: [""] },
      ...{ startNs: root.startNs, endNs: root.startNs + root.durationNs },
    });
    expect((await spanColumns(sql, traceId, { limit: 2 }))?.isWhole).toBe(true);
  });

  test.each([sampleTraceId(77), "no id"])("trace %s has none", async (id) => {
    expect(await spanColumns(sql, id)).toBeUndefined();
  });
});

describe("details", () => {
  test("are what a span says, of its own and in common with others", async () => {
    expect(await spanDetails(sql, traceId, [child.spanId, root.spanId.toUpperCase()])).toEqual([
      {
        ...{ spanId: root.spanId, kind: 2, startNs: root.startNs, statusMessage: undefined },
        ...{ attributes: { "url.path": "/checkout" }, resource: { host: "h1" } },
        ...{ events: [{ name: "retry" }, { name: "give up" }], links: [{ spanId: "1" }] },
      },
      {
        ...{ spanId: child.spanId, kind: 3, startNs: child.startNs, statusMessage: "refused" },
        attributes: { "order.id": "7", tier: "gold", "http.request.method": "POST" },
        ...{ resource: { "service.name": "cart" }, events: [], links: [] },
      },
    ]);
  });

  test("of what is unknown, or no id, are none", async () => {
    expect(await spanDetails(sql, traceId, [sampleSpanId(77), "no id"])).toEqual([]);
    expect(await spanDetails(sql, traceId, [])).toEqual([]);
    expect(await spanDetails(sql, sampleTraceId(77), [root.spanId])).toEqual([]);
    expect(await spanDetails(sql, "no id", [root.spanId])).toEqual([]);
  });
});

describe("spans holding an attribute or a text", () => {
  test.each`
    name                     | value          | found      | why
    ${"url.path"}            | ${"/checkout"} | ${[root]}  | ${"an attribute of its own"}
    ${"http.request.method"} | ${"POST"}      | ${[child]} | ${"one that many spans have in common"}
    ${"host"}                | ${"h1"}        | ${[root]}  | ${"one of its resource"}
    ${"order.id"}            | ${"7"}         | ${[child]} | ${"a text that spells a number"}
    ${"order.id"}            | ${"77"}        | ${[]}      | ${"another value"}
    ${undefined}             | ${"HECKOU"}    | ${[root]}  | ${"a part of a value, in capitals"}
    ${undefined}             | ${"gold"}      | ${[child]} | ${"a text in what spans have in common"}
    ${undefined}             | ${"refuse"}    | ${[child]} | ${"a text in the status message"}
    ${undefined}             | ${"order.id"}  | ${[]}      | ${"a name is no value"}
    ${undefined}             | ${"%"}         | ${[]}      | ${"no pattern"}
  `("$why: $name $value", async ({ name, value, found }) => {
    const spans = await spansHolding(sql, traceId.toUpperCase(), { name, value });
    const keys = new Set(spans.match(/.{17}/g));
    expect(keys).toEqual(new Set(found.map(({ spanId, kind }: SampleSpan) => `${spanId}${kind}`)));
  });

  test.each([sampleTraceId(77), "no id"])("trace %s has none", async (id) => {
    expect(await spansHolding(sql, id, { name: "url.path", value: "/checkout" })).toBe("");
  });
});

test("a whole trace has each span once, with all its attributes", async () => {
  const spans = await traceById(sql, traceId);
  expect(spans.map(({ spanId }) => spanId)).toEqual([root.spanId, child.spanId]);
  expect(spans[1]?.attributes).toEqual({ "order.id": "7", tier: "gold", "http.request.method": "POST" });
});

test("a caller and a server that share an id, as Zipkin's do, are two", async () => {
  const shared = { traceId: sampleTraceId(2), spanId: sampleSpanId(5) };
  await commit(sampleSpan({ ...shared, kind: 3 }), sampleSpan({ ...shared, kind: 2 }));
  const { spans } = await traceSkeleton(sql, shared.traceId);
  expect(spans.map(({ kind }) => kind)).toEqual([2, 3]);
  expect(await traceById(sql, shared.traceId)).toHaveLength(2);
  const details = await spanDetails(sql, shared.traceId, [shared.spanId]);
  expect(details.map(({ kind }) => kind)).toEqual([2, 3]);
});

test("a root's path is found where it is one that many spans have", async () => {
  const id = sampleTraceId(3);
  await commit({ ...sampleSpan({ traceId: id, attributes: {} }), shared: { "url.path": "/health" } });
  const asked = { traceId: id, startNs: sampleNs, durationNs: 10_000_000n };
  expect(await rootPaths(sql, [asked])).toEqual(new Map([[id, "/health"]]));
});
