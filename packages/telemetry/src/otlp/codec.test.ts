import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeValue } from "./attributes.ts";
import {
  decodeLogs,
  decodeMetrics,
  decodeResponse,
  decodeStatus,
  decodeTraces,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeResponse,
  encodeStatus,
  encodeTraces,
} from "./codec.ts";
import { OtlpDecodeError } from "./decode-error.ts";
import type { Span } from "./messages/trace.ts";
import { logsRequests, metricsRequests, traceRequests } from "./testing/arbitrary-requests.ts";

const encodings: Encoding[] = ["protobuf", "json"];

describe.each(encodings)("%s: what is written is read back", (encoding) => {
  test("traces", () => {
    fc.assert(
      fc.property(traceRequests, (request) => {
        expect(decodeTraces(encodeTraces(request, encoding), encoding)).toEqual(request);
      }),
    );
  });

  test("metrics", () => {
    fc.assert(
      fc.property(metricsRequests, (request) => {
        expect(decodeMetrics(encodeMetrics(request, encoding), encoding)).toEqual(request);
      }),
    );
  });

  test("logs", () => {
    fc.assert(
      fc.property(logsRequests, (request) => {
        expect(decodeLogs(encodeLogs(request, encoding), encoding)).toEqual(request);
      }),
    );
  });

  test("any body is decoded or refused, never more", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        for (const decode of [decodeTraces, decodeMetrics, decodeLogs])
          try {
            decode(body, encoding);
          } catch (error) {
            expect(error).toBeInstanceOf(OtlpDecodeError);
          }
      }),
    );
  });

  test.each(["traces", "metrics", "logs"] as const)("the answer to %s", (signal) => {
    const partial = { rejected: 7, errorMessage: "why" };
    expect(decodeResponse(signal, encodeResponse(signal, partial, encoding), encoding)).toEqual(partial);
    expect(decodeResponse(signal, encodeResponse(signal, undefined, encoding), encoding)).toBeUndefined();
    const status = { code: 3, message: "malformed" };
    expect(decodeStatus(encodeStatus(status, encoding), encoding)).toEqual(status);
  });
});

test.each(encodings)("%s: a metric holds the last kind of data that it came with", (encoding) => {
  const points = (...values: number[]) => ({ dataPoints: values.map((asDouble) => ({ asDouble })) });
  const [gauge, sum] = [points(1), points(2, 3)];
  const bodyOf = (...kinds: object[]): Buffer => {
    if (encoding === "protobuf")
      // Behind one another in the bytes of one metric.
      return requestOf(kinds.map((kind) => metricBytes(kind)));
    const metrics = [Object.assign({}, ...kinds)];
    return Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }));
  };
  const kindsOf = (body: Buffer) => {
    const metric = decodeMetrics(body, encoding).resourceMetrics[0]?.scopeMetrics[0]?.metrics[0];
    return [metric?.gauge?.dataPoints.length, metric?.sum?.dataPoints.length];
  };
  expect(kindsOf(bodyOf({ gauge }, { sum }))).toEqual([undefined, 2]);
  expect(kindsOf(bodyOf({ sum }, { gauge }))).toEqual([1, undefined]);
});

/** The bytes of a metric, without its tag and length and those of the messages around it. */
function metricBytes(metric: object): Buffer {
  const body = encodeMetrics({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }, "protobuf");
  return body.subarray(6); // three tags, each with a length below 128
}

function requestOf(parts: readonly Buffer[]): Buffer {
  let bytes = Buffer.concat(parts);
  for (const tag of [0x12, 0x12, 0x0a]) bytes = Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
  return bytes;
}

const spanOf = (span: object): Span => {
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const read = decodeTraces(Buffer.from(body), "json").resourceSpans[0]?.scopeSpans[0]?.spans[0];
  if (!read) throw new Error("no span came back");
  return read;
};

test.each`
  given                                                | expected                                           | why
  ${{ traceId: "ABCDEF0123456789abcdef0123456789" }}   | ${{ traceId: "abcdef0123456789abcdef0123456789" }} | ${"ids are hexadecimal in any case"}
  ${{ kind: 3 }}                                       | ${{ kind: 3 }}                                     | ${"enums are integers"}
  ${{ kind: "SPAN_KIND_CLIENT" }}                      | ${{ kind: 3 }}                                     | ${"names of enums are accepted"}
  ${{ kind: 99 }}                                      | ${{ kind: 99 }}                                    | ${"an enum may grow"}
  ${{ startTimeUnixNano: "1700000000123456789" }}      | ${{ startTimeUnixNano: 1700000000123456789n }}     | ${"64-bit integers as text"}
  ${{ startTimeUnixNano: 1000 }}                       | ${{ startTimeUnixNano: 1000n }}                    | ${"64-bit integers as numbers"}
  ${{ name: null, attributes: null, status: null }}    | ${{ name: "", attributes: {}, status: undefined }} | ${"null is absence"}
  ${{ name: "x", start_time_unix_nano: "5", odd: [] }} | ${{ name: "x", startTimeUnixNano: 0n }}            | ${"unknown fields are ignored, snake case among them"}
`("JSON: $why", ({ given, expected }) => {
  expect(spanOf(given)).toMatchObject(expected);
});

test("JSON: a nanosecond time written as a number stays exact", () => {
  const body = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano": 1700000000123456789}]}]}]}';
  const span = decodeTraces(Buffer.from(body), "json").resourceSpans[0]?.scopeSpans[0]?.spans[0];
  expect(span?.startTimeUnixNano).toBe(1700000000123456789n);
});

test.each`
  value                                                                      | expected
  ${{ doubleValue: "NaN" }}                                                  | ${Number.NaN}
  ${{ doubleValue: "-Infinity" }}                                            | ${Number.NEGATIVE_INFINITY}
  ${{ doubleValue: 1.5 }}                                                    | ${1.5}
  ${{ intValue: "-9223372036854775808" }}                                    | ${-9223372036854775808n}
  ${{ intValue: 12 }}                                                        | ${12}
  ${{ bytesValue: "AAEC" }}                                                  | ${Uint8Array.of(0, 1, 2)}
  ${{ arrayValue: { values: [{ stringValue: "a" }, {}] } }}                  | ${["a", null]}
  ${{ arrayValue: {} }}                                                      | ${[]}
  ${{ kvlistValue: { values: [{ key: "k", value: { boolValue: true } }] } }} | ${{ k: true }}
  ${{}}                                                                      | ${null}
`("JSON: the value $value", ({ value, expected }) => {
  expect(spanOf({ attributes: [{ key: "a", value }] }).attributes).toEqual({ a: expected });
});

test("a key named __proto__ is an attribute like any other", () => {
  const { attributes } = spanOf({ attributes: [{ key: "__proto__", value: { stringValue: "x" } }] });
  expect(Object.entries(attributes)).toEqual([["__proto__", "x"]]);
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
});

test.each`
  body                                                                                        | message
  ${"{"}                                                                                      | ${/^not valid JSON: /}
  ${"[]"}                                                                                     | ${"the body must be an object, not an array"}
  ${'{"resourceSpans":{}}'}                                                                   | ${"resourceSpans must be an array, not an object"}
  ${'{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}'}                     | ${'resourceSpans[0].scopeSpans[0].spans[0].traceId must be an id in hexadecimal, not "xyz"'}
  ${'{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"CLIENT"}]}]}]}'}                     | ${/spans\[0\]\.kind must be an integer or one of/}
  ${'{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":-1}]}]}]}'}              | ${/startTimeUnixNano must be a 64-bit integer/}
  ${'{"resourceSpans":[{"resource":{"attributes":[{"key":"k","value":{"intValue":1.5}}]}}]}'} | ${/resource\.attributes\[0\]\.value\.intValue must be/}
`("JSON refused: $message", ({ body, message }) => {
  expect(() => decodeTraces(Buffer.from(body), "json")).toThrow(message);
});

const whole = encodeTraces(
  { resourceSpans: [{ scopeSpans: [{ spans: [{ name: "name", attributes: { key: "value" } }] }] }] },
  "protobuf",
);

test("protobuf: no part of a request is taken for the whole", () => {
  for (let length = 1; length < whole.length; length++)
    expect(() => decodeTraces(whole.subarray(0, length), "protobuf")).toThrow(OtlpDecodeError);
});

test.each`
  body                              | why
  ${"0a80808080808080808080808001"} | ${"a length of more than five bytes"}
  ${"0a02120a"}                     | ${"a field longer than its message"}
  ${"02"}                           | ${"field number zero"}
  ${"0c"}                           | ${"the end of a group that was never begun"}
  ${"0f"}                           | ${"a wire type that does not exist"}
`("protobuf refused: $why", ({ body }) => {
  expect(() => decodeTraces(Buffer.from(body, "hex"), "protobuf")).toThrow(OtlpDecodeError);
});

test("protobuf: unknown fields of every wire type are skipped", () => {
  const unknown = Buffer.from("a00601a1060000000000000000a20601ffa50600000000a306a00601a406", "hex");
  expect(decodeTraces(Buffer.concat([unknown, whole]), "protobuf")).toEqual(decodeTraces(whole, "protobuf"));
});

test.each(encodings)("%s: values nested without end are refused, not followed", (encoding) => {
  const body = Array.from({ length: 200 }).reduce<AttributeValue>((inner) => [inner], "deep");
  const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] };
  expect(() => decodeLogs(encodeLogs(request, encoding), encoding)).toThrow(/nest/);
});

test("protobuf: a packed list may come one number at a time", () => {
  // ExponentialHistogramDataPoint.Buckets { bucket_counts: 1, 2 } inside its six ancestors, unpacked.
  const wrap = (tag: number, body: Buffer) => Buffer.concat([Buffer.from([tag, body.length]), body]);
  const buckets = Buffer.from([0x10, 1, 0x10, 2]);
  const body = [0x42, 0x0a, 0x52, 0x12, 0x12, 0x0a].reduce((inner, tag) => wrap(tag, inner), buckets);
  const metric = decodeMetrics(body, "protobuf").resourceMetrics[0]?.scopeMetrics[0]?.metrics[0];
  expect(metric?.exponentialHistogram?.dataPoints[0]?.positive?.bucketCounts).toEqual([1, 2]);
});

test("importing the codec loads neither zod nor the OpenTelemetry SDK", () => {
  const script = `
    import "@weir/telemetry/otlp";
    import "@weir/telemetry/process";
    import { createRequire } from "node:module";
    process.stdout.write(Object.keys(createRequire(import.meta.url).cache).join("\\n"));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toContain("protobufjs");
  expect(stdout).not.toMatch(/node_modules\/(zod|@opentelemetry\/(sdk|exporter|otlp))/);
});
