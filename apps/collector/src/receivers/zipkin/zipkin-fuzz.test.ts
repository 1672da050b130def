import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startZipkin } from "./testing/start-zipkin.ts";

/** Numbers and texts as senders with bugs have them, at places where others stand. */
const odd = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1e300, -0.5, 2 ** 63, "", "0", "-1", "zz", "\u0000", "\ud800", [], {}, [
    [],
  ]),
  fc.jsonValue({ maxDepth: 3 }),
);
const hex = (maxLength: number) =>
  fc
    .array(fc.constantFrom(..."0123456789abcdefABCDEF"), { minLength: 1, maxLength })
    .map((all) => all.join(""));
const microseconds = fc.oneof(fc.nat(), fc.integer({ min: 1e15, max: 2e15 }), fc.double({ noNaN: true }));
const often = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: odd });
const endpoint = fc.record(
  { serviceName: often(fc.string()), ipv4: often(fc.ipV4()), ipv6: often(fc.ipV6()), port: often(fc.nat()) },
  { requiredKeys: [] },
);
const span = fc.record(
  {
    traceId: often(hex(34)),
    id: often(hex(17)),
    parentId: often(hex(17)),
    name: often(fc.string({ unit: "binary" })),
    kind: often(fc.constantFrom("CLIENT", "SERVER", "PRODUCER", "CONSUMER", "client")),
    timestamp: often(microseconds),
    duration: often(microseconds),
    shared: often(fc.boolean()),
    localEndpoint: often(endpoint),
    remoteEndpoint: often(endpoint),
    annotations: often(fc.array(fc.record({ timestamp: often(microseconds), value: often(fc.string()) }))),
    tags: often(fc.dictionary(fc.string(), often(fc.string()))),
  },
  { requiredKeys: [] },
);
const list = fc.array(often(span), { maxLength: 6 });

let zipkin: Awaited<ReturnType<typeof startZipkin>>;
beforeAll(async () => {
  zipkin = await startZipkin();
});
afterAll(() => zipkin.close());

/** Status of the answer, and what was kept of it. */
async function send(body: string | Uint8Array) {
  zipkin.kept.length = 0;
  const { status } = await zipkin.post(body);
  const [kept] = zipkin.kept;
  expect([zipkin.admission.bytes, zipkin.admission.requests, zipkin.faults]).toEqual([0, 0, []]);
  return { status, kept };
}

describe("whatever is sent", () => {
  test("every element of a list is kept or rejected", async () => {
    await fc.assert(
      fc.asyncProperty(list, async (spans) => {
        const { status, kept } = await send(JSON.stringify(spans));
        expect(status).toBe(202);
        expect(kept?.items).toBe(spans.length);
        expect(zipkin.spans()).toHaveLength(spans.length - (kept?.rejections.total ?? Number.NaN));
      }),
      { numRuns: 150 },
    );
  });

  test("a body that is cut off is refused whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 3 }), fc.nat(), async (spans, at) => {
        const whole = Buffer.from(JSON.stringify(spans));
        const { status, kept } = await send(whole.subarray(0, 1 + (at % (whole.length - 1))));
        expect([status, kept]).toEqual([400, undefined]);
      }),
      { numRuns: 100 },
    );
  });

  test("a body with flipped bits is taken whole or refused whole", async () => {
    const flips = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(list, flips, async (spans, flipped) => {
        const body = Buffer.from(JSON.stringify(spans));
        for (const { at, bit } of flipped) body[at % body.length]! ^= 1 << bit;
        const { status, kept } = await send(body);
        if (status === 202) expect(kept?.items).toBe(JSON.parse(body.toString()).length);
        else expect([status, kept]).toEqual([400, undefined]);
      }),
      { numRuns: 150 },
    );
  });

  test.each`
    what            | body
    ${"lists"}      | ${"[".repeat(100_000) + "]".repeat(100_000)}
    ${"objects"}    | ${`[${'{"tags":'.repeat(100_000)}1${"}".repeat(100_000)}]`}
    ${"open lists"} | ${"[".repeat(900_000)}
  `("a hundred thousand nested $what do no harm", async ({ body }) => {
    const { status } = await send(body);
    expect(zipkin.spans()).toEqual([]);
    expect([202, 400, 413]).toContain(status);
  });

  test("a hundred thousand tags are a span's attributes", async () => {
    const tags = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, "v"]));
    const { status } = await send(JSON.stringify([{ traceId: "1", id: "1", timestamp: 1, tags }]));
    expect([status, Object.keys(zipkin.spans()[0]?.attributes ?? {}).length]).toEqual([202, 100_000]);
  });
});
