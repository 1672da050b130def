import { jsonText, SpanDictionary } from "@weir/store";
import {
  type AttributeValue,
  type Draft,
  decodeTraces,
  type ExportTraceServiceRequest,
  encodeTraces,
  OtlpDecodeError,
} from "@weir/telemetry/otlp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { acceptedItems } from "../process-request.ts";
import { Rejections } from "../rejections.ts";
import { plainRules, processBody } from "../testing/process-body.ts";
import { recordsOfBlock } from "../testing/records-of-block.ts";
import { SpanDecoder } from "./span-decoder.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const startNs = 1_700_000_000_000_000_000n;

type Resource = NonNullable<Draft<ExportTraceServiceRequest>["resourceSpans"]>[number]["resource"];
const span = {
  traceId,
  spanId,
  name: "GET /",
  startTimeUnixNano: startNs,
  endTimeUnixNano: startNs + 5n,
};
const process = (spans: object[], resource?: Resource) =>
  processBody("traces", encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, "protobuf"));
const spansOf = (spans: object[], resource?: Resource) => recordsOfBlock(process(spans, resource).rows.spans);

test("an attribute may be called __proto__", () => {
  const decoder = decoderFor();
  const attributes = JSON.parse('{"__proto__":"x"}');
  for (let i = 0; i < 3; i++) {
    const [row] = decode(decoder, requestOf([{ ...span, attributes }]));
    expect(JSON.stringify(row?.attributes)).toBe('{"__proto__":"x"}');
  }
});

test("what is too long to be remembered is read as well as what is not, again and again", () => {
  const [key, name] = ["k".repeat(70_000), "n".repeat(70_000)];
  const decoder = new SpanDecoder({
    rules: plainRules,
    dictionary: new SpanDictionary(),
    sampler: undefined,
  });
  const body = encodeTraces(
    {
      resourceSpans: [
        {
          resource: { attributes: { [key]: "r" } },
          scopeSpans: [{ spans: [{ ...span, name, attributes: { [key]: 1 } }] }],
        },
      ],
    },
    "protobuf",
  );
  for (let i = 0; i < 3; i++) {
    const [row] = recordsOfBlock(decoder.decode(body, new Rejections()).block);
    expect(row).toMatchObject({ resource: { [key]: "r" }, attributes: { [key]: 1 } });
    expect(name.startsWith(row?.operation ?? "?")).toBe(true);
  }
});

test("a span becomes a row of its sender's service", () => {
  const sent = {
    ...span,
    parentSpanId: "b7ad6b7169203332",
    kind: 3,
    status: { code: 2, message: "late" },
    attributes: { size: 3 },
    events: [{ timeUnixNano: startNs + 1n, name: "retried", attributes: { n: 1 } }],
    links: [{ traceId, spanId, attributes: {} }],
  };
  const attributes = { "service.name": "web", "service.namespace": "shop", "service.version": "v1" };
  expect(spansOf([sent], { attributes })).toEqual([
    {
      traceId,
      spanId,
      parentSpanId: "b7ad6b7169203332",
      service: { namespace: "shop", name: "web", version: "v1" },
      resource: attributes,
      operation: "GET /",
      kind: 3,
      status: 2,
      statusMessage: "late",
      startNs,
      durationNs: 5n,
      attributes: { size: 3 },
      shared: {},
      events: [{ timeNs: String(startNs + 1n), name: "retried", attributes: { n: 1 } }],
      links: [{ traceId, spanId, attributes: {} }],
    },
  ]);
});

test.each`
  attributes                                       | service
  ${undefined}                                     | ${{ namespace: "", name: "unknown_service", version: "" }}
  ${{ "service.name": "" }}                        | ${{ namespace: "", name: "unknown_service", version: "" }}
  ${{ "service.name": "x".repeat(9000) }}          | ${{ namespace: "", name: "x".repeat(255), version: "" }}
  ${{ "service.name": "a", "service.version": 3 }} | ${{ namespace: "", name: "a", version: "3" }}
`("the service of $attributes is $service", ({ attributes, service }) => {
  expect(spansOf([span], { attributes })[0]?.service).toEqual(service);
});

test.each`
  change                            | reason
  ${{ traceId: "" }}                | ${"invalid_trace_id"}
  ${{ traceId: "0".repeat(32) }}    | ${"invalid_trace_id"}
  ${{ traceId: traceId.slice(2) }}  | ${"invalid_trace_id"}
  ${{ spanId: "0".repeat(16) }}     | ${"invalid_span_id"}
  ${{ spanId: "b7" }}               | ${"invalid_span_id"}
  ${{ parentSpanId: "b7" }}         | ${"invalid_span_id"}
  ${{ startTimeUnixNano: 0n }}      | ${"invalid_time"}
  ${{ endTimeUnixNano: 2n ** 63n }} | ${"invalid_time"}
`("$change is rejected: $reason", ({ change, reason }) => {
  const processed = process([span, { ...span, ...change }]);
  expect([...processed.rejections.byReason]).toEqual([[reason, 1]]);
  expect([processed.items, acceptedItems(processed), processed.rows.spans?.length]).toEqual([2, 1, 1]);
});

test.each`
  change                                | expected
  ${{ parentSpanId: "0".repeat(16) }}   | ${{ parentSpanId: undefined }}
  ${{ endTimeUnixNano: startNs - 10n }} | ${{ durationNs: 0n }}
  ${{ kind: 77 }}                       | ${{ kind: 0 }}
  ${{ status: { code: 9 } }}            | ${{ status: 0 }}
`("$change is read as $expected", ({ change, expected }) => {
  expect(spansOf([{ ...span, ...change }])[0]).toMatchObject(expected);
});

const decoderFor = (rules = plainRules) => new SpanDecoder({ dictionary: new SpanDictionary(), rules });
const decode = (decoder: SpanDecoder, request: Draft<ExportTraceServiceRequest>) =>
  recordsOfBlock(decoder.decode(encodeTraces(request, "protobuf"), new Rejections()).block);
const requestOf = (
  spans: Draft<ExportTraceServiceRequest["resourceSpans"][number]["scopeSpans"][number]["spans"]>,
  name = "web",
) => ({
  resourceSpans: [{ resource: { attributes: { "service.name": name } }, scopeSpans: [{ spans }] }],
});

describe("attributes", () => {
  test("that repeat stand in a set, those that vary stand in the span, whatever their names", () => {
    const decoder = decoderFor();
    const records = Array.from({ length: 400 }, (_, i) =>
      decode(decoder, requestOf([{ ...span, attributes: { method: "GET", size: i, colour: `c${i % 3}` } }])),
    ).flat();
    expect(records.map(({ attributes }) => attributes)).toEqual(
      records.map((_, i) => ({ method: "GET", size: i, colour: `c${i % 3}` })),
    );
    expect(records.at(-1)?.shared).toEqual({ method: "GET", colour: "c0" });
    const varied = Array.from({ length: 400 }, (_, i) =>
      decode(decoder, requestOf([{ ...span, attributes: { method: "GET", order: `o${i}` } }])),
    ).flat();
    expect(varied.at(-1)).toMatchObject({ shared: { method: "GET" }, attributes: { order: "o399" } });
  });

  test("of Istio's sidecars say whose the span is", () => {
    const attributes = {
      "istio.canonical_service": "reviews",
      "istio.namespace": "shop",
      "istio.canonical_revision": "v3",
    };
    expect(decode(decoderFor(), requestOf([{ ...span, attributes }], "istio-proxy"))[0]?.service).toEqual({
      ...{ namespace: "shop", name: "reviews", version: "v3" },
    });
  });

  test("of the scope belong to what spans share", () => {
    const scope = { name: "http", version: "1.2", attributes: { side: "left" } };
    const spans = [{ ...span, attributes: { method: "GET" } }];
    const [record] = decode(decoderFor(), { resourceSpans: [{ scopeSpans: [{ scope, spans }] }] });
    expect(record?.shared).toEqual({
      ...{ "otel.scope.name": "http", "otel.scope.version": "1.2", "otel.scope.side": "left" },
      method: "GET",
    });
  });

  test("by an older name give way to those of today", () => {
    const rules = new AttributeRules();
    const attributesOf = (attributes: Record<string, string>) =>
      decode(decoderFor(rules), requestOf([{ ...span, attributes }]))[0]?.attributes;
    expect(attributesOf({ "http.method": "GET" })).toEqual({ "http.request.method": "GET" });
    for (const attributes of [
      { "http.method": "OLD", "http.request.method": "GET" },
      { "http.request.method": "GET", "http.method": "OLD" },
    ])
      expect(attributesOf(attributes)).toEqual({ "http.request.method": "GET" });
    expect(attributesOf({ "http.target": "/a?b=c", "url.path": "/today" })).toEqual({
      ...{ "url.path": "/today", "url.query": "b=c" },
    });
  });

  test("that are to be hidden are, wherever they stand", () => {
    const rules = new AttributeRules({
      redaction: {
        keys: [{ key: "password", action: "mask" }],
        values: ["4[0-9]{12}(?:[0-9]{3})?"],
        ignoredKeys: [],
      },
    });
    const card = "4111111111111111";
    const decoder = decoderFor(rules);
    const request = requestOf([
      {
        ...{ ...span, name: `pay ${card}`, status: { code: 2, message: `no ${card}` } },
        attributes: {
          password: "p",
          note: `x ${card}`,
          "user.id": card,
          list: [card],
          nested: { password: "p" },
        },
        events: [{ name: "e", attributes: { note: card, password: "p" } }],
      },
    ]);
    const scope = { name: `s ${card}`, version: card, attributes: { password: "p", note: card } };
    const scoped = request.resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ spans }) => ({ scope, spans })),
    }));
    const [record] = decode(decoder, { resourceSpans: scoped });
    expect(record?.shared).toMatchObject({ "otel.scope.name": "s ****", "otel.scope.password": "****" });
    expect(
      JSON.stringify(record, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toMatch(/4111|"p"/);
  });

  test.each`
    traceState                  | sampled
    ${""}                       | ${false}
    ${"ot=th:8"}                | ${true}
    ${"vendor=x,ot=rv:1;th:c0"} | ${true}
    ${"ot=th:0"}                | ${false}
    ${"not=th:8"}               | ${false}
  `("a tracestate of '$traceState' says sampled: $sampled", ({ traceState, sampled }) => {
    const body = encodeTraces(requestOf([{ ...span, traceState }]), "protobuf");
    expect(decoderFor().decode(body, new Rejections()).block.facts[0]?.sampled).toBe(sampled);
  });
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('a"b', "a\\b", "a\0b", "\n", "é😀"));
const { value: anyValue } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyText,
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 3 }),
  ),
}));
const anyAttributes = fc.dictionary(
  fc.oneof(anyText, fc.constantFrom("http.route", "url.path", "db.system")),
  anyValue,
  {
    maxKeys: 8,
  },
);
const anySpan = fc.record({
  traceId: fc.constant(traceId),
  spanId: fc.constant(spanId),
  name: anyText,
  kind: fc.integer({ min: 0, max: 5 }),
  startTimeUnixNano: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
  endTimeUnixNano: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
  attributes: anyAttributes,
});

test("any span is read as the plain decoder reads it, from protobuf and from JSON", () => {
  const decoder = decoderFor();
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 5 }), anyAttributes, (spans, resource) => {
      const request = { resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ spans }] }] };
      const body = encodeTraces(request, "protobuf");
      const plain = decodeTraces(body, "protobuf").resourceSpans[0];
      const expected = (plain?.scopeSpans[0]?.spans ?? []).map((one) => ({
        operation: one.name.replaceAll("\0", "\ufffd").slice(0, 1000),
        kind: one.kind,
        startNs: one.startTimeUnixNano,
        durationNs:
          one.endTimeUnixNano > one.startTimeUnixNano ? one.endTimeUnixNano - one.startTimeUnixNano : 0n,
        attributes: JSON.parse(jsonText(one.attributes)),
        resource: JSON.parse(jsonText(plain?.resource?.attributes ?? {})),
      }));
      expect(decode(decoder, request)).toMatchObject(expected);
      expect(decode(decoder, decodeTraces(encodeTraces(request, "json"), "json"))).toMatchObject(expected);
    }),
    { numRuns: 500 },
  );
});

test("a body that is cut off, flipped or made up is refused whole or read, never anything else", () => {
  const good = encodeTraces(
    requestOf([
      { ...span, attributes: { method: "GET", list: [1, { a: "b" }], at: 1.5 }, events: [{ name: "e" }] },
    ]),
    "protobuf",
  );
  const decoder = decoderFor();
  const verdict = (body: Buffer): void => {
    try {
      decoder.decode(body, new Rejections());
    } catch (error) {
      expect(error).toBeInstanceOf(OtlpDecodeError);
    }
  };
  for (let length = 0; length < good.length; length++) verdict(good.subarray(0, length));
  for (let at = 0; at < good.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(good);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      verdict(flipped);
    }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => verdict(Buffer.from(bytes))),
    { numRuns: 5_000 },
  );
});

test("a length that reaches past the end, and groups without end, are refused", () => {
  for (const bytes of [
    [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f],
    Array<number>(5_000).fill(0x0b),
    [0x0a, 0x05, 0x12],
  ])
    expect(() => decoderFor().decode(Buffer.from(bytes), new Rejections())).toThrow(OtlpDecodeError);
});

test("a span of 100,000 attributes is one row", () => {
  const attributes = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]));
  const [record] = decode(decoderFor(), requestOf([{ ...span, attributes }]));
  expect(Object.keys(record?.attributes ?? {})).toHaveLength(100_000);
});
