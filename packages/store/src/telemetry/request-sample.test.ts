import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { requestSample, requestsOfTraces } from "./request-sample.ts";
import {
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleSpanId,
  sampleTraceId,
} from "./sample-records.ts";

const payments = { namespace: "shop", name: "payments", version: "v2" };
const destination = { namespace: "shop", service: "payments" };
const source = { namespace: "shop", service: "cart" };
const window = { fromMs: sampleMs, toMs: sampleMs + 1_800_000 };
const ms = 1_000_000n;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const second = (n: number) => sampleNs + BigInt(n) * 1_000n * ms;
  const client = sampleSpan({
    ...{
      spanId: sampleSpanId(1),
      kind: 3,
      operation: "POST payments",
      startNs: second(60),
      durationNs: 30n * ms,
    },
    attributes: { retries: 2 },
  });
  const server = sampleSpan({
    ...{ spanId: sampleSpanId(2), parentSpanId: sampleSpanId(1), service: payments, operation: "POST /pay" },
    ...{ startNs: second(60) + ms, durationNs: 20n * ms, status: 2, attributes: { "http.route": "/pay" } },
    resource: { "host.name": "n1" },
  });
  const inner = { ...server, spanId: sampleSpanId(3), parentSpanId: sampleSpanId(2), kind: 1 };
  const fromOutside = Array.from({ length: 40 }, (_, i) =>
    sampleSpan({
      ...{ traceId: sampleTraceId(100 + i), service: payments, startNs: second(120 + i * 40) },
      attributes: { n: i },
    }),
  );
  const request = sampleRequest({ spans: [client, server, inner, ...fromOutside] });
  await commitTelemetry(sql, { requests: [request] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

describe("a sample of requests", () => {
  test("has the server's span, and its caller's: time and duration are the caller's", async () => {
    expect(
      await requestSample(sql, { destination, source }, window, { limit: 10, budgetMs: 60_000 }),
    ).toEqual([
      {
        ...{ traceId: sampleTraceId(1), spanId: sampleSpanId(2), operation: "POST /pay", version: "v2" },
        ...{ startMs: sampleMs + 60_000, seconds: 0.03, failed: true },
        attributes: { "http.route": "/pay" },
        resource: { "host.name": "n1" },
        caller: { ...source, version: "v1", attributes: { retries: 2 } },
        services: expect.toSatisfy(
          (all: { name: string }[]) =>
            all
              .map((s) => s.name)
              .sort()
              .join() === "cart,payments",
        ),
      },
    ]);
  });

  test("without a caller's span has the server's own time; from outside are those that no span called", async () => {
    const outside = { namespace: "", service: "outside" };
    const found = await requestSample(sql, { destination, source: outside }, window, {
      limit: 100,
      budgetMs: 60_000,
    });
    expect(found).toHaveLength(40);
    expect(found.every(({ caller, seconds }) => caller === undefined && seconds === 0.005)).toBe(true);
  });

  test("is spread over the window, however small", async () => {
    const found = await requestSample(sql, { destination }, window, { limit: 8, budgetMs: 60_000 });
    const parts = found.map(({ startMs }) => Math.floor((startMs - sampleMs) / (1_800_000 / 8)));
    expect(parts).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("is what was found when the time is up", async () => {
    let now = 0;
    const settings = { limit: 100, budgetMs: 1, clock: () => now++ };
    const found = await requestSample(sql, { destination }, window, settings);
    expect(found.length).toBeLessThan(41);
  });

  test("of a service that nobody has seen, or another window, is empty", async () => {
    const nobody = { namespace: "shop", service: "nobody" };
    const later = { fromMs: window.toMs, toMs: window.toMs + 60_000 };
    expect(await requestSample(sql, { destination: nobody }, window, { limit: 9 })).toEqual([]);
    expect(await requestSample(sql, { destination }, later, { limit: 9 })).toEqual([]);
  });
});

test("requests of traces are those of the service in them", async () => {
  const ids = [sampleTraceId(1), sampleTraceId(101), sampleTraceId(999)];
  const found = await requestsOfTraces(sql, { destination }, window, ids);
  expect(found.map(({ traceId }) => traceId).toSorted()).toEqual(ids.slice(0, 2));
  expect(await requestsOfTraces(sql, { destination }, window, [])).toEqual([]);
});
