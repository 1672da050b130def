import {
  type Attributes,
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
  OtlpDecodeError,
} from "@weir/telemetry/otlp";
import { describe, expect, test } from "vitest";
import { AttributeRules } from "./attribute-rules.ts";
import { redactBody } from "./redact-body.ts";

const secret = "4111111111111111";
const attributes = { password: "p", "http.method": "GET", said: `card ${secret}` };
const clean = { "http.method": "GET", said: "card ****" };
const rules = new AttributeRules({
  redaction: {
    keys: [{ key: "password", action: "drop" }],
    values: ["4[0-9]{15}"],
    ignoredKeys: [],
  },
});
const exemplars = (filteredAttributes: Attributes) => [{ filteredAttributes, asDouble: 1 }];

const traces = (a: Attributes, text: string) => ({
  resourceSpans: [
    {
      schemaUrl: "u",
      resource: { attributes: a },
      scopeSpans: [
        {
          schemaUrl: "v",
          scope: { name: `s ${text}`, version: text, attributes: a },
          spans: [
            {
              name: `pay ${text}`,
              kind: 3,
              traceId: "0af7651916cd43dd8448eb211c80319c",
              attributes: a,
              status: { code: 2, message: text },
              events: [{ name: "e", attributes: a }],
              links: [{ spanId: "b7ad6b7169203331", attributes: a }],
            },
          ],
        },
      ],
    },
  ],
});
const metrics = (a: Attributes, text: string) => ({
  resourceMetrics: [
    {
      resource: { attributes: a },
      scopeMetrics: [
        {
          scope: { name: text, version: `1 ${text}`, attributes: a },
          metrics: [
            {
              name: "g",
              gauge: { dataPoints: [{ attributes: a, asDouble: 1.5, exemplars: exemplars(a) }] },
              metadata: a,
            },
            {
              name: "s",
              sum: { isMonotonic: true, dataPoints: [{ attributes: a, asInt: 1, exemplars: exemplars(a) }] },
            },
            { name: "h", histogram: { dataPoints: [{ attributes: a, count: 2, exemplars: exemplars(a) }] } },
            {
              name: "e",
              exponentialHistogram: { dataPoints: [{ attributes: a, count: 2, exemplars: exemplars(a) }] },
            },
            { name: "q", summary: { dataPoints: [{ attributes: a, count: 2 }] } },
          ],
        },
      ],
    },
  ],
});
const logs = (a: Attributes, text: string) => ({
  resourceLogs: [
    {
      resource: { attributes: a },
      scopeLogs: [
        {
          scope: { name: text, version: text, attributes: a },
          logRecords: [
            {
              severityText: `ERROR ${text}`,
              body: { text, list: [text] },
              attributes: a,
            },
          ],
        },
      ],
    },
  ],
});

describe.each(["protobuf", "json"] as const)("in %s", (encoding: Encoding) => {
  test("nothing of a secret is left in a request of traces, and all else stays", () => {
    const body = redactBody("traces", encoding, encodeTraces(traces(attributes, secret), encoding), rules);
    expect(decodeTraces(body, encoding)).toEqual(
      decodeTraces(encodeTraces(traces(clean, "****"), encoding), encoding),
    );
  });

  test("nor in one of metrics", () => {
    const body = redactBody("metrics", encoding, encodeMetrics(metrics(attributes, secret), encoding), rules);
    expect(decodeMetrics(body, encoding)).toEqual(
      decodeMetrics(encodeMetrics(metrics(clean, "****"), encoding), encoding),
    );
  });

  test("nor in one of logs", () => {
    const body = redactBody("logs", encoding, encodeLogs(logs(attributes, secret), encoding), rules);
    expect(decodeLogs(body, encoding)).toEqual(
      decodeLogs(encodeLogs(logs(clean, "****"), encoding), encoding),
    );
  });
});

test("where the rules hide nothing the bytes are the same, read by nobody", () => {
  const body = Buffer.from("not OTLP");
  expect(redactBody("traces", "protobuf", body, new AttributeRules())).toBe(body);
  expect(() => redactBody("traces", "protobuf", body, rules)).toThrow(OtlpDecodeError);
});
