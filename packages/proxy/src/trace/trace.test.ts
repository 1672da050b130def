import { expect, test } from "vitest";
import { Fields } from "../http1/fields.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { parseB3, writeB3 } from "./b3.ts";
import { SpanIds } from "./span-ids.ts";
import { startSpan } from "./trace-context.ts";
import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

const trace = "0af7651916cd43dd8448eb211c80319c";
const span = "b7ad6b7169203331";

test.each`
  value                                     | read
  ${`00-${trace}-${span}-01`}               | ${{ traceId: trace, spanId: span, sampled: true }}
  ${`00-${trace}-${span}-00`}               | ${{ traceId: trace, spanId: span, sampled: false }}
  ${`00-${trace}-${span}-03`}               | ${{ traceId: trace, spanId: span, sampled: true }}
  ${`01-${trace}-${span}-01-more`}          | ${{ traceId: trace, spanId: span, sampled: true }}
  ${`00-${trace}-${span}-01-more`}          | ${undefined}
  ${`ff-${trace}-${span}-01`}               | ${undefined}
  ${`00-${"0".repeat(32)}-${span}-01`}      | ${undefined}
  ${`00-${trace}-${"0".repeat(16)}-01`}     | ${undefined}
  ${`00-${trace.toUpperCase()}-${span}-01`} | ${undefined}
  ${`00-${trace}-${span}`}                  | ${undefined}
  ${""}                                     | ${undefined}
`("traceparent $value", ({ value, read }) => {
  expect(parseTraceparent(value)).toEqual(read);
});

test("what is written is read back the same", () => {
  const context = startSpan(undefined, 0.5, seededRandom(1), new SpanIds(seededRandom(1)));
  expect(parseTraceparent(formatTraceparent(context))).toEqual({
    traceId: context.traceId,
    spanId: context.spanId,
    sampled: context.sampled,
  });
});

test("a new trace is sampled by its ratio, a continued one as its caller decided", () => {
  const random = seededRandom(3);
  const ids = new SpanIds(random);
  const sampled = Array.from({ length: 2000 }, () => startSpan(undefined, 0.25, random, ids)).filter(
    (one) => one.sampled,
  );
  expect(Math.abs(sampled.length - 500)).toBeLessThan(3 * Math.sqrt(2000 * 0.25 * 0.75));
  expect(startSpan({ traceId: trace, spanId: span, sampled: true }, 0, random, ids)).toMatchObject({
    parentSpanId: span,
    sampled: true,
  });
  expect(startSpan({ traceId: trace, spanId: span, sampled: false }, 1, random, ids).sampled).toBe(false);
});

function fieldsFrom(pairs: Record<string, string>): Fields {
  const fields = new Fields();
  for (const [name, value] of Object.entries(pairs)) fields.add(name, value);
  return fields;
}

test.each`
  fields                                                                 | read
  ${{ b3: `${trace}-${span}-1` }}                                        | ${{ traceId: trace, spanId: span, sampled: true }}
  ${{ b3: `${trace}-${span}-d-${span}` }}                                | ${{ traceId: trace, spanId: span, sampled: true }}
  ${{ b3: `${trace}-${span}` }}                                          | ${{ traceId: trace, spanId: span, sampled: undefined }}
  ${{ b3: `${span}-${span}-0` }}                                         | ${{ traceId: `${"0".repeat(16)}${span}`, spanId: span, sampled: false }}
  ${{ b3: "0" }}                                                         | ${undefined}
  ${{ "X-B3-TraceId": trace, "X-B3-SpanId": span, "X-B3-Sampled": "1" }} | ${{ traceId: trace, spanId: span, sampled: true }}
  ${{ "X-B3-TraceId": trace, "X-B3-SpanId": span, "X-B3-Flags": "1" }}   | ${{ traceId: trace, spanId: span, sampled: true }}
  ${{ "X-B3-TraceId": trace }}                                           | ${undefined}
`("B3 in $fields", ({ fields, read }) => {
  expect(parseB3(fieldsFrom(fields))).toEqual(read);
});

test("B3 goes on in the form it came in", () => {
  const context = { traceId: trace, spanId: "1111111111111111", parentSpanId: span, sampled: true };
  const single = fieldsFrom({ b3: `${trace}-${span}-1` });
  writeB3(single, context);
  expect(single.get("b3")).toBe(`${trace}-1111111111111111-1-${span}`);
  const many = fieldsFrom({ "X-B3-TraceId": trace, "X-B3-SpanId": span, "X-B3-Sampled": "1" });
  writeB3(many, context);
  expect([many.get("x-b3-spanid"), many.get("x-b3-parentspanid"), many.get("b3")]).toEqual([
    "1111111111111111",
    span,
    undefined,
  ]);
});
