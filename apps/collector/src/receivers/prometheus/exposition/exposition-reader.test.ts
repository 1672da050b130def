import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExpositionReader } from "./exposition-reader.ts";
import { MalformedExposition } from "./malformed-exposition.ts";
import { labelsOf, type SampleLine } from "./sample-line.ts";

interface Read {
  readonly samples: readonly SampleLine[];
  readonly types: readonly string[];
}

function read(chunks: readonly Uint8Array[], isOpenMetrics = false): Read {
  const samples: SampleLine[] = [];
  const types: string[] = [];
  const sink = {
    sample: (sample: SampleLine) => void samples.push(sample) as undefined,
    type: (family: string, type: string) => void types.push(`${family} ${type}`),
  };
  const reader = new ExpositionReader(sink, isOpenMetrics);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { samples, types };
}

const readText = (text: string, isOpenMetrics = false) => read([Buffer.from(text)], isOpenMetrics);
const plain = (text: string) =>
  readText(text).samples.map(({ name, labels, value }) => [
    name,
    Object.fromEntries(labelsOf(labels) ?? []),
    value,
  ]);

test.each`
  line                                    | name        | labels                                               | value
  ${"a 1"}                                | ${"a"}      | ${{}}                                                | ${1}
  ${"a:b_c1{} 1.5e+06"}                   | ${"a:b_c1"} | ${{}}                                                | ${1.5e6}
  ${'a{x="1"} 2 1700000000000'}           | ${"a"}      | ${{ x: "1" }}                                        | ${2}
  ${'a{x="1",y="2",} 3'}                  | ${"a"}      | ${{ x: "1", y: "2" }}                                | ${3}
  ${'a { x = "1" , y = "2" }\t4\t5 '}     | ${"a"}      | ${{ x: "1", y: "2" }}                                | ${4}
  ${'a{x="}",y="a,b=\\"c\\""}5'}          | ${"a"}      | ${{ x: "}", y: 'a,b="c"' }}                          | ${5}
  ${'a{x="1\\n2\\\\3\\t"} 6'}             | ${"a"}      | ${{ x: "1\n2\\3\\t" }}                               | ${6}
  ${'a{x="größer #1"} 7'}                 | ${"a"}      | ${{ x: "größer #1" }}                                | ${7}
  ${"a +Inf"}                             | ${"a"}      | ${{}}                                                | ${Number.POSITIVE_INFINITY}
  ${"a -inf"}                             | ${"a"}      | ${{}}                                                | ${Number.NEGATIVE_INFINITY}
  ${"a NaN"}                              | ${"a"}      | ${{}}                                                | ${Number.NaN}
  ${"a .5"}                               | ${"a"}      | ${{}}                                                | ${0.5}
  ${"a 5."}                               | ${"a"}      | ${{}}                                                | ${5}
  ${'a{__proto__="x",constructor="y"} 1'} | ${"a"}      | ${JSON.parse('{"__proto__":"x","constructor":"y"}')} | ${1}
`("$line", ({ line, name, labels, value }) => {
  expect(plain(`${line}\n`)).toEqual([[name, labels, value]]);
});

test.each`
  line
  ${"a"}
  ${"a "}
  ${"1a 1"}
  ${"a b"}
  ${"a 1 2 3"}
  ${"a 0x10"}
  ${"a 1_000"}
  ${"a --1"}
  ${"a{ 1"}
  ${"a} 1"}
  ${"a{x=1} 1"}
  ${'a{x="1} 1'}
  ${'a{x="1" y="2"} 1'}
  ${'a{,x="1"} 1'}
  ${'a{x="1",,} 1'}
  ${'a{1x="1"} 1'}
  ${'a{x="1"}'}
  ${'{x="1"} 1'}
  ${"a 1\r"}
  ${"a 1 # {} 1 2 3"}
`("'$line' makes all of it worthless", ({ line }) => {
  expect(() => readText(`good 1\n${line}\ngood 2\n`)).toThrow(/^line 2: is no sample/);
});

test("comments, types and empty lines", () => {
  const { samples, types } = readText(
    "# HELP a What\\nit is.\n#\n# TYPE a counter\n#TYPE b gauge\n#  TYPE  c\thistogram \n\n  \na 1\n# EOF\na 2\n",
  );
  expect(samples.map(({ value }) => value)).toEqual([1, 2]);
  expect(types).toEqual(["a counter", "c histogram"]);
});

test("OpenMetrics ends with # EOF and has exemplars", () => {
  const text = 'a_bucket{le="1"} 5 # {trace_id="x",span_id="y"} 0.5 1700000000.5\na_total 1 17.5 # {} 1\n';
  const { samples } = readText(`${text}# EOF\n`, true);
  expect(samples.map(({ exemplar }) => exemplar)).toEqual([
    { labels: '{trace_id="x",span_id="y"}', value: 0.5 },
    { labels: "{}", value: 1 },
  ]);
  expect(() => readText(text, true)).toThrow("there is no # EOF");
  expect(() => readText(`${text}# EOF\na 1\n`, true)).toThrow("stands behind # EOF");
});

test.each`
  body                                                       | says
  ${Buffer.from("a 1")}                                      | ${"line 1: the last line has no end"}
  ${Buffer.from("a 1\nb 12")}                                | ${"line 2: the last line has no end"}
  ${Buffer.from([0x61, 0x7b, 0x78, 0x3d, 0x22, 0xff, 0x0a])} | ${"line 1: not valid UTF-8 at or after this line"}
  ${Buffer.from([0x61, 0x20, 0x31, 0x0a, 0xc3])}             | ${"line 2: not valid UTF-8 at or after this line"}
  ${Buffer.from(`a{x="${"y".repeat(300_000)}"} 1\n`)}        | ${"line 1: is longer than 262144 characters"}
  ${Buffer.alloc(400_000, "#")}                              | ${"line 1: is longer than 262144 characters"}
`("$says", ({ body, says }) => {
  expect(() => read([body])).toThrow(says);
});

test("a label that is there twice", () => {
  expect(labelsOf('{a="1",b="2",a="3"}')).toBeUndefined();
});

const labelValue = fc
  .string({ unit: "binary", maxLength: 12 })
  .map((text) => text.replaceAll(/[\ud800-\udfff]/g, "\ufffd"));
const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/);
const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/);
const value = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.NaN));
const sample = fc.record({ name, value, labels: fc.dictionary(labelName, labelValue, { maxKeys: 4 }) });
const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
const written = (value: number) =>
  Number.isNaN(value) ? "NaN" : Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
const lineOf = ({ name: metric, value: number, labels }: { name: string; value: number; labels: object }) =>
  `${metric}{${Object.entries(labels)
    .map(([key, text]) => `${key}="${escaped(text)}"`)
    .join(",")}} ${written(number)}\n`;

describe("fuzzed", () => {
  test("what is written is what is read, cut into pieces anywhere", () => {
    fc.assert(
      fc.property(fc.array(sample), fc.array(fc.nat()), (samples, cuts) => {
        const body = Buffer.from(samples.map(lineOf).join(""));
        const at = [0, ...cuts.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
        const found = read(at.slice(1).map((to, i) => body.subarray(at[i], to))).samples;
        expect(found.map((own) => ({ ...own, labels: [...(labelsOf(own.labels) ?? [])] }))).toEqual(
          samples.map((own) => ({
            name: own.name,
            value: own.value === 0 ? expect.closeTo(0) : own.value,
            labels: Object.entries(own.labels),
            exemplar: undefined,
          })),
        );
      }),
    );
  });

  test("whatever comes is read or refused with a sentence", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.oneof(sample.map(lineOf), fc.string({ unit: "binary" })))
        .map((all) => Buffer.from(all.join(""))),
      fc.stringMatching(/^[a{}"=\\,# \n1.+-]{0,60}$/).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.boolean(), (body, isOpenMetrics) => {
        try {
          read([body], isOpenMetrics);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedExposition);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("hostile lines cost no more than their length", () => {
    const hostile = [
      `a{${'x="'.repeat(40_000)}`,
      `a{x="${'\\"'.repeat(60_000)}`,
      `a${" ".repeat(100_000)}{`,
      "a".repeat(200_000),
      `a{b="c"${" ".repeat(200_000)}x`,
      `a{b="c",${" ".repeat(200_000)}x`,
      `a{b="c"}${" ".repeat(200_000)}!`,
    ];
    for (const line of hostile) {
      const started = performance.now();
      expect(() => readText(`${line}\n`)).toThrow(MalformedExposition);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});
