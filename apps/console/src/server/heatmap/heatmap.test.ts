import { bucketIndex } from "@weir/domain";
import type { EdgePoint, SpanRecord } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
const nowMs = Date.UTC(2026, 10, 1, 10, 30);
const ns = (ms: number) => BigInt(Math.round(ms * 1_000)) * 1_000n;
const cart = { namespace: "shop", service: "cart" };
const payments = { namespace: "shop", service: "payments" };
const idOf = (n: number, digits: number) => (n + 1).toString(16).padStart(digits, "0");

/** Sixty calls, five seconds apart, of which every tenth meets the slow version. */
const calls = Array.from({ length: 60 }, (_, n) => {
  const slow = n % 10 === 9;
  return { n, endMs: nowMs - 5_000 * (n + 1) + 1, ms: slow ? 400 : 10, version: slow ? "v2" : "v1" };
});

beforeAll(async () => {
  mesh = await consoleForTest();
  await mesh.commit({ edgePoints: calls.map(pointOf), spans: calls.flatMap(spansOf) });
});
afterAll(() => mesh.close());

function pointOf({ n, endMs, ms, version }: (typeof calls)[number]): EdgePoint {
  const bucket = bucketIndex(ms / 1_000);
  return {
    ...{ timeMs: endMs, reporter: "source", statusClass: 2, requests: 1, protocol: "http", method: "POST" },
    ...{ source: { ...cart, version: "v1" }, destination: { ...payments, version } },
    ...{ flag: "", requestBytes: 1, responseBytes: 1, durationSumSeconds: ms / 1_000 },
    histogram: { indexes: [bucket], counts: [1] },
    exemplars: [{ bucketIndex: bucket, traceId: idOf(n, 32) }],
  };
}

function spansOf({ n, endMs, ms, version }: (typeof calls)[number]): SpanRecord[] {
  const times = { startNs: ns(endMs - ms), durationNs: ns(ms), status: 0 };
  const client: SpanRecord = {
    ...{ ...times, traceId: idOf(n, 32), spanId: idOf(2 * n, 16), kind: 3, operation: "POST payments" },
    ...{ service: { namespace: "shop", name: "cart", version: "v1" }, resource: {}, attributes: {} },
  };
  const server: SpanRecord = {
    ...{ ...client, spanId: idOf(2 * n + 1, 16), parentSpanId: client.spanId, kind: 2, operation: "POST" },
    service: { namespace: "shop", name: "payments", version },
    attributes: { "url.path": n % 2 ? "/pay" : "/refund", currency: version === "v2" ? "<b>XAU</b>" : "EUR" },
    resource: { "service.version": version },
  };
  return [client, server];
}

const ask = () => mesh.as({ now: () => nowMs }).heatmap;

test("a heatmap has its requests by time and latency, and quantiles of each column", async () => {
  const { stepMs, columns } = await ask().of({ destination: payments, source: cart, window: "5m" });
  expect([stepMs, columns.length]).toEqual([10_000, 30]);
  expect(columns.flatMap(({ counts }) => counts).reduce((a, b) => a + b)).toBe(60);
  expect(columns[29]).toMatchObject({ buckets: [bucketIndex(0.01)], counts: [2] });
  expect(columns[29]?.p99).toBeCloseTo(0.01, 3);
  expect(columns[25]?.p99).toBeGreaterThan(0.39);
});

test("a service's heatmap has whoever called; nobody's has columns without requests", async () => {
  const own = await ask().of({ destination: payments, window: "5m" });
  expect(own).toEqual(await ask().of({ destination: payments, source: cart, window: "5m" }));
  const none = await ask().of({ destination: cart, window: "5m" });
  expect(none.columns.every(({ buckets, p50 }) => buckets.length === 0 && p50 === undefined)).toBe(true);
});

const all = { fromMs: nowMs - 300_000, toMs: nowMs };

test.each`
  subject
  ${{ destination: payments, source: cart }}
  ${{ destination: payments }}
`("the slow requests of $subject are told, and what they alone have", async ({ subject }) => {
  const slow = bucketIndex(0.4);
  const told = await ask().region({
    ...{ ...subject, window: "5m" },
    region: { ...all, lowestBucket: slow - 4, highestBucket: slow + 4 },
  });
  expect(told.inside).toBe(6);
  expect(told.outside).toBe(54);
  expect(told.exemplars).toHaveLength(6);
  expect(told.exemplars[0]).toMatchObject({ version: "v2", seconds: 0.4, failed: false, operation: "POST" });
  const [first, ...others] = told.differences;
  expect(first).toMatchObject({ inside: 6, outside: 0, insideShare: 1, outsideShare: 0 });
  const names = [first, ...(first?.alike ?? [])].map((fact) => `${fact?.name}=${fact?.value}`);
  expect(names).toContain("version=v2");
  expect(names).toContain("currency=<b>XAU</b>");
  expect(others).toMatchObject([{ name: "url.path", value: "/pay" }]);
});

test("a region without requests has no traces, and tells no difference", async () => {
  const empty = { ...all, lowestBucket: 200, highestBucket: 240 };
  const told = await ask().region({ destination: payments, window: "5m", region: empty });
  expect(told).toMatchObject({ exemplars: [], inside: 0, differences: [] });
  expect(told.outside).toBeGreaterThanOrEqual(40);
});

test("a service that nobody has seen is empty, not an error", async () => {
  const nobody = { namespace: "‮", service: "<script>" };
  const region = { ...all, lowestBucket: -100, highestBucket: 100 };
  const told = await ask().region({ destination: nobody, window: "5m", region });
  expect(told).toMatchObject({ exemplars: [], inside: 0, outside: 0 });
});
