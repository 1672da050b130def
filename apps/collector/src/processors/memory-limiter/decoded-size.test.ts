import { type Encoding, encodeLogs, encodeMetrics, encodeTraces, type Signal } from "@weir/telemetry/otlp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodedSize } from "./decoded-size.ts";

/** A length-delimited field. */
function field(number: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = [(number << 3) | 2];
  let length = body.length;
  for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) | 128);
  return Buffer.concat([Buffer.from([...head, length]), body]);
}
const times = (count: number, part: Uint8Array): Buffer => Buffer.alloc(count * part.length, part);
const request = (...items: Uint8Array[]): Buffer => field(1, field(2, ...items));
const named = (name: string): Buffer => field(1, Buffer.from(name));

const many = 100_000;
/** Bytes that a collector grows by for each of the many, as measured; the estimate may not be far below or above. */
describe("what is small on the wire and large in memory", () => {
  test.each`
    what                        | signal       | measured | body
    ${"log records"}            | ${"logs"}    | ${870}   | ${request(times(many, field(2)))}
    ${"resources"}              | ${"logs"}    | ${100}   | ${times(many, field(1))}
    ${"points"}                 | ${"metrics"} | ${140}   | ${request(field(2, field(5, times(many, field(1)))))}
    ${"metrics"}                | ${"metrics"} | ${165}   | ${request(times(many, field(2)))}
    ${"exemplars"}              | ${"metrics"} | ${80}    | ${request(field(2, field(7, field(1, times(many, field(5))))))}
    ${"quantiles"}              | ${"metrics"} | ${40}    | ${request(field(2, field(11, field(1, times(many, field(6))))))}
    ${"buckets"}                | ${"metrics"} | ${80}    | ${request(field(2, field(10, field(1, field(8, field(2, Buffer.alloc(many)))))))}
    ${"events of one span"}     | ${"traces"}  | ${840}   | ${request(field(2, times(many, field(11))))}
    ${"attributes of one span"} | ${"traces"}  | ${880}   | ${request(field(2, ...Array.from({ length: many }, (_, i) => field(9, named(`k${i}`)))))}
    ${"items of a list"}        | ${"logs"}    | ${30}    | ${request(field(2, field(5, field(5, times(many, field(1))))))}
  `("$what take about $measured bytes each", ({ signal, measured, body }) => {
    const each = decodedSize(signal, "protobuf", body) / many;
    expect(each).toBeGreaterThan(0.85 * measured);
    expect(each).toBeLessThan(6.5 * measured);
  });

  test.each`
    what             | measured | json
    ${"log records"} | ${870}   | ${"{}"}
    ${"lists"}       | ${25}    | ${"[]"}
    ${"numbers"}     | ${15}    | ${"1"}
  `("$what take about $measured bytes each in JSON", ({ measured, json }) => {
    const body = Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${Array(many).fill(json)}]}]}]}`);
    const each = decodedSize("logs", "json", body) / many;
    expect(each).toBeGreaterThan(0.85 * measured);
    expect(each).toBeLessThan(6.5 * measured);
  });

  test("members of one object take about 300 bytes each in JSON, those of many objects less", () => {
    const members = Array.from({ length: many }, (_, i) => `"k${i}":0`);
    const one = decodedSize("logs", "json", Buffer.from(`{${members.join(",")}}`));
    expect(one / many).toBeGreaterThan(300);
    const objects = members.flatMap((_, i) =>
      i % 100 === 0 ? `{${members.slice(i, i + 100).join(",")}}` : [],
    );
    expect(decodedSize("logs", "json", Buffer.from(`[${objects.join(",")}]`)) / many).toBeLessThan(100);
  });
});

const attributes = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [`attribute.number.${i}`, `value of the attribute ${i}`]),
);
const list = <T>(item: T): T[] => Array.from({ length: 1000 }, () => item);
const ordinary: Record<Signal, (encoding: Encoding) => Buffer> = {
  traces: (encoding) =>
    encodeTraces(
      { resourceSpans: [{ scopeSpans: [{ spans: list({ name: "GET /", attributes }) }] }] },
      encoding,
    ),
  metrics: (encoding) =>
    encodeMetrics(
      {
        resourceMetrics: [
          {
            scopeMetrics: [
              { metrics: [{ name: "m", gauge: { dataPoints: list({ asDouble: 1, attributes }) } }] },
            ],
          },
        ],
      },
      encoding,
    ),
  logs: (encoding) =>
    encodeLogs(
      { resourceLogs: [{ scopeLogs: [{ logRecords: list({ body: "{".repeat(50), attributes }) }] }] },
      encoding,
    ),
};

test.each(
  (["traces", "metrics", "logs"] as const).flatMap((signal) =>
    (["protobuf", "json"] as const).map((encoding) => [signal, encoding] as const),
  ),
)("an ordinary body of %s in %s may have all the bytes that a receiver takes", (signal, encoding) => {
  const body = ordinary[signal](encoding);
  const size = decodedSize(signal, encoding, body);
  expect(size).toBeGreaterThan(2 * body.length);
  const wholeMebibytes = (20 * size) / body.length;
  expect(wholeMebibytes).toBeLessThan(encoding === "json" ? 260 : 192);
});

test("reads whatever bytes there are, to the end", () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const signal = fc.constantFrom<Signal>("traces", "metrics", "logs");
  fc.assert(
    fc.property(bytes, signal, fc.constantFrom<Encoding>("protobuf", "json"), (body, which, encoding) => {
      const size = decodedSize(which, encoding, body);
      expect(size).toBeGreaterThanOrEqual(2 * body.length);
      expect(size).toBeLessThan(3000 * (body.length + 1));
    }),
    { numRuns: 2000 },
  );
});

test("nesting without end does not exhaust the stack", () => {
  let value = field(5);
  for (let i = 0; i < 2000; i++) value = field(5, field(1, value));
  expect(decodedSize("logs", "protobuf", request(field(2, field(5, value))))).toBeGreaterThan(0);
});
