import { decodeMetrics, decodeTraces, type Span } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { metricCorpus } from "../corpus/metric-batches.ts";
import { spanCorpus } from "../corpus/span-batches.ts";
import { Rounds } from "./rounds.ts";

const nowMs = Date.UTC(2026, 10, 28);
const nowNs = BigInt(nowMs) * 1_000_000n;
const traces = 40;

const bodyOf = (message: Buffer) => message.subarray(message.indexOf("\r\n\r\n") + 4);

function spansOf(message: Buffer): readonly Span[] {
  return decodeTraces(bodyOf(message), "protobuf").resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  );
}

function rounds(count: number): { spans: readonly Span[]; traceIds: readonly string[] } {
  const corpus = spanCorpus(traces);
  const sending = new Rounds(corpus, "/v1/traces", () => nowMs);
  const sent = Array.from({ length: corpus.batches.length * count }, () => sending.next());
  return { spans: sent.flatMap(({ bytes }) => spansOf(bytes)), traceIds: sent.map(({ traceId }) => traceId) };
}

test("every span of every round has ids of its own, and a parent in its trace", () => {
  const { spans, traceIds } = rounds(3);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  expect(byId.size).toBe(spans.length);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(3 * traces);
  const children = spans.filter(({ parentSpanId }) => parentSpanId !== "");
  expect(children.length).toBe(spans.length - 3 * traces);
  for (const { parentSpanId, traceId } of children) expect(byId.get(parentSpanId)?.traceId).toBe(traceId);
  for (const traceId of traceIds) expect(spans.some((span) => span.traceId === traceId)).toBe(true);
});

test("a span has eight attributes and lasts a while that has just ended", () => {
  for (const { attributes, startTimeUnixNano, endTimeUnixNano } of rounds(1).spans) {
    expect(Object.keys(attributes)).toHaveLength(8);
    expect(endTimeUnixNano).toBeGreaterThan(startTimeUnixNano);
    expect(endTimeUnixNano).toBeLessThanOrEqual(nowNs);
    expect(startTimeUnixNano).toBeGreaterThan(nowNs - 2_000_000_000n);
  }
});

test("hardly two traces share their numbers", () => {
  const paths = rounds(2).spans.flatMap(({ attributes, traceId }) =>
    typeof attributes["url.path"] === "string" ? [{ traceId, number: attributes["url.path"].slice(-8) }] : [],
  );
  const numbers = new Map(paths.map(({ traceId, number }) => [traceId, number]));
  for (const { traceId, number } of paths) expect(numbers.get(traceId)).toBe(number);
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  expect([...numbers.values()].every((number) => /^[0-9a-f]{8}$/.test(number))).toBe(true);
});

test("a request keeps its bytes until it is given back", () => {
  const corpus = spanCorpus(traces);
  const sending = new Rounds(corpus, "/v1/traces", () => nowMs);
  const first = sending.next();
  const before = Buffer.from(first.bytes);
  for (let i = 0; i < corpus.batches.length * 3; i++) sending.next().giveBack();
  expect(first.bytes.equals(before)).toBe(true);
});

test("metric requests tell of the two seconds that have just ended", () => {
  const sending = new Rounds(metricCorpus(), "/v1/metrics", () => nowMs);
  const { bytes, items, amount } = sending.next();
  const metrics = decodeMetrics(bodyOf(bytes), "protobuf").resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  const points = metrics.flatMap(({ sum, exponentialHistogram }) => [
    ...(sum?.dataPoints ?? []),
    ...(exponentialHistogram?.dataPoints ?? []),
  ]);
  expect(points).toHaveLength(items);
  for (const { startTimeUnixNano, timeUnixNano } of points) {
    expect(timeUnixNano).toBe(nowNs);
    expect(startTimeUnixNano).toBe(nowNs - 2_000_000_000n);
  }
  const durations = metrics.filter(({ name }) => name === "http.client.request.duration");
  const counts = durations.flatMap(({ exponentialHistogram }) => exponentialHistogram?.dataPoints ?? []);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(amount);
});
