import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import type { ServiceIdentity } from "./records.ts";
import {
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleSpanId,
  sampleTraceId,
} from "./sample-records.ts";
import { type SampleSpan, sampleSpanBlock } from "./search/testing/sample-span-block.ts";
import { searchTraces, type TraceSearch } from "./search-traces.ts";
import { hourMs, hourNs } from "./time.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const second = 1_000_000_000n;
const shop = (name: string, version = "v1"): ServiceIdentity => ({ namespace: "shop", name, version });
const commit = (spans: readonly SampleSpan[]) =>
  commitTelemetry(
    sql,
    { requests: [{ ...sampleRequest({}), spans: sampleSpanBlock(spans) }] },
    createTelemetryCaches(),
  );
/** Numbers of the traces found, newest first. */
const numbersOf = (traces: readonly { readonly traceId: string }[]) =>
  traces.map(({ traceId }) => Number.parseInt(traceId.slice(-8), 16));

describe("attributes and text", () => {
  // Away from the rest: an hour later.
  const window = { fromMs: sampleMs + 10 * hourMs, toMs: sampleMs + 11 * hourMs };
  const startNs = sampleNs + 10n * hourNs;

  /** A trace of one span a number. */
  const spans: Record<number, Partial<SampleSpan>> = {
    1: { attributes: { "order.id": "A-1" }, shared: { tier: "gold", "http.response.status_code": 503 } },
    2: { attributes: { "order.id": "A-2" }, shared: { tier: "gold", "http.response.status_code": 200 } },
    3: { attributes: { "order.id": "A-3", tier: "gold" } },
    4: { attributes: { "order.id": 17 } },
    5: { attributes: { "order.id": "17", ratio: 0.5, flag: true, note: 'said "Never 100%_mind"\n' } },
    6: { attributes: { items: ["apple", { kind: "pear" }] }, statusMessage: "upstream refused", status: 2 },
    7: { operation: "Charge Card", shared: { zone: "Eu-West" } },
    8: { service: shop("payments", "v2"), attributes: { "order.id": "A-1" } },
    9: { attributes: { size: 4_096, größe: "Übermut" } },
  };

  beforeAll(() =>
    commit(
      Object.entries(spans).map(([n, change]) => ({
        ...sampleSpan({ attributes: {} }),
        ...{
          traceId: sampleTraceId(Number(n)),
          spanId: sampleSpanId(Number(n)),
          startNs: startNs + BigInt(n) * second,
        },
        ...change,
      })),
    ),
  );

  const is = (name: string, value: string | number | boolean) => ({ attributes: [{ name, value }] });
  test.each<[string, Partial<TraceSearch>, number[]]>([
    ["an attribute of a span's own", is("order.id", "A-2"), [2]],
    ["one of several spans", is("order.id", "A-1"), [8, 1]],
    ["one that spans have in common", is("http.response.status_code", 503), [1]],
    ["one that is here shared and there a span's own", is("tier", "gold"), [3, 2, 1]],
    ["a text, which a number of the same spelling meets", is("order.id", "17"), [5, 4]],
    ["a text, by a shared number", is("http.response.status_code", "200"), [2]],
    ["a number, which a text of the same spelling does not meet", is("order.id", 17), [4]],
    ["a fraction", is("ratio", 0.5), [5]],
    ["a flag", is("flag", true), [5]],
    ["a flag in letters", is("flag", "true"), [5]],
    ["an amount, of which no hash is kept", is("size", 4_096), [9]],
    ["letters beyond ASCII", is("größe", "Übermut"), [9]],
    ["part of a value, which is another", is("order.id", "A-"), []],
    ["a value of another name", is("order", "A-1"), []],
    [
      "two attributes",
      { attributes: [...is("tier", "gold").attributes, ...is("order.id", "A-3").attributes] },
      [3],
    ],
    [
      "two of different spans",
      { attributes: [...is("order.id", "A-1").attributes, ...is("order.id", "A-2").attributes] },
      [],
    ],
    [
      "an attribute and a service",
      { ...is("order.id", "A-1"), service: { namespace: "shop", service: "payments" } },
      [8],
    ],
    [
      "an attribute and another service",
      { ...is("order.id", "A-2"), service: { namespace: "shop", service: "payments" } },
      [],
    ],
    ["an attribute and an operation", { ...is("zone", "Eu-West"), operation: "Charge Card" }, [7]],
    ["a text in an own value", { text: "never" }, [5]],
    ["a text with all that is special", { text: '"never 100%_m' }, [5]],
    ["no wildcards", { text: "100__mind" }, []],
    ["a text across lines", { text: 'mind"\n' }, [5]],
    ["a text in a shared value", { text: "eu-w" }, [7]],
    ["a text in a value within a list", { text: "PEAR" }, [6]],
    ["not the name of an attribute", { text: "order.id" }, []],
    ["a text that a number spells", { text: "503" }, [1]],
    ["a text in an operation", { text: "charge c" }, [7]],
    ["a text in a status message", { text: "Refused" }, [6]],
    ["a text and an attribute", { text: "a-1", ...is("http.response.status_code", "503") }, [1]],
    ["a text and failure", { text: "refused", status: "error" }, [6]],
    ["a namespace and a text", { namespaces: ["shop", "bank"], text: "refused" }, [6]],
    ["a namespace that has no service", { namespaces: ["bank"], text: "refused" }, []],
    ["an empty text, which is none", { text: "" }, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ])("by %s", async (_, search, expected) => {
    const page = await searchTraces(sql, { window, limit: 20, budgetMs: 60_000, ...search });
    expect(numbersOf(page.traces)).toEqual(expected);
    expect(page).toMatchObject({ next: undefined, searchedBackToNs: undefined });
  });

  test("where nobody is in a namespace nothing is looked through, however little time there is", async () => {
    let now = 0;
    const late = () => (now += 60_000);
    const search = { window, limit: 20, text: "nobody says this" };
    expect(await searchTraces(sql, { ...search, namespaces: ["nowhere"] }, late)).toEqual({ traces: [] });
    const inShop = await searchTraces(sql, { ...search, namespaces: ["shop"] }, late);
    expect(inShop.searchedBackToNs).toBeDefined();
  });
});

describe("however a search goes about it, it finds what there is", () => {
  const hours = 4;
  const window = { fromMs: sampleMs, toMs: sampleMs + hours * hourMs };
  const names = ["cart", "checkout", "payments"];
  interface Drawn {
    readonly hour: number;
    readonly second: number;
    /** One span each, so many seconds after the trace's start, within its hour. */
    readonly spans: readonly {
      readonly after: number;
      readonly service: number;
      readonly own: number;
      readonly set: number;
    }[];
    readonly durationMs: number;
    readonly failed: boolean;
  }
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    hour: fc.integer({ min: 0, max: hours - 1 }),
    // Few, so that traces begin at the same time.
    second: fc.integer({ min: 0, max: 30 }),
    spans: fc.array(
      fc.record({
        after: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3_500 })),
        ...{ service: fc.nat(2), own: fc.nat(20), set: fc.nat(5) },
      }),
      { minLength: 1, maxLength: 4 },
    ),
    durationMs: fc.integer({ min: 1, max: 1_000 }),
    failed: fc.boolean(),
  });
  // Always the same: what fails once is to fail again.
  const traces = fc.sample(drawn, { numRuns: 250, seed: 17 });

  const spansOf = ({ hour, second: at, spans, durationMs, failed }: Drawn, n: number): SampleSpan[] =>
    spans.map(({ after, service, own, set }, i) => ({
      ...sampleSpan({
        traceId: sampleTraceId(n + 1),
        spanId: sampleSpanId(n * 10 + i + 1),
        service: shop(names[service] ?? ""),
      }),
      operation: `op ${service}`,
      // Each calls the next.
      parentSpanId: i === 0 ? undefined : sampleSpanId(n * 10 + i),
      // The first at the trace's start.
      startNs: sampleNs + BigInt(hour) * hourNs + BigInt(i === 0 ? at : at + after) * second,
      durationNs: BigInt(durationMs) * 1_000_000n,
      status: failed && i === 0 ? 2 : 0,
      attributes: { "order.id": `order ${own}` },
      shared: { tier: `tier ${set}` },
    }));

  beforeAll(async () => {
    await maintainPartitions(sql, { nowMs: sampleMs, aheadHours: hours, retentionHours: 24 });
    const all = traces.map(spansOf);
    // By several commits, of which none has the traces of one time.
    for (let part = 0; part < 5; part++) await commit(all.filter((_, n) => n % 5 === part).flat());
  });

  const searches: fc.Arbitrary<Partial<TraceSearch>> = fc.record(
    {
      service: fc.constantFrom(...names).map((service) => ({ namespace: "shop", service })),
      operation: fc.nat(3).map((n) => `op ${n}`),
      calledBy: fc.constantFrom(
        { namespace: "shop", service: "cart" },
        { namespace: "", service: "outside" },
      ),
      status: fc.constant("error" as const),
      minDurationMs: fc.integer({ min: 0, max: 2_000 }),
      attributes: fc.constantFrom(
        ...[3, 19].map((n) => [{ name: "order.id", value: `order ${n}` }]),
        [{ name: "tier", value: "tier 2" }],
        [
          { name: "tier", value: "tier 1" },
          { name: "order.id", value: "order 4" },
        ],
      ),
      text: fc.constantFrom("ORDER 7", "tier 4", "op 1"),
    },
    { requiredKeys: [] },
  );

  const extreme = (times: bigint[], sign: 1 | -1) => times.sort((a, b) => (a < b ? sign : -sign))[0] ?? 0n;

  /** The rule, in plain words: one span has it all, and the trace as a whole the rest. */
  function expected(search: Partial<TraceSearch>): number[] {
    const found = traces.flatMap((trace, n) => {
      const spans = spansOf(trace, n);
      const startNs = extreme(
        spans.map((span) => span.startNs),
        -1,
      );
      const endNs = extreme(
        spans.map((span) => span.startNs + span.durationNs),
        1,
      );
      const durationMs = Number((endNs - startNs) / 1_000_000n);
      const matches =
        spans.some((span, i) => spanMatches(span, search) && isCalledBy(spans[i - 1], search)) &&
        (search.status === undefined || trace.failed) &&
        (search.minDurationMs === undefined || durationMs >= search.minDurationMs);
      return matches ? [{ n: n + 1, startNs }] : [];
    });
    return found
      .sort((a, b) => (a.startNs === b.startNs ? b.n - a.n : a.startNs < b.startNs ? 1 : -1))
      .map(({ n }) => n);
  }

  function isCalledBy(caller: SampleSpan | undefined, { calledBy }: Partial<TraceSearch>): boolean {
    return calledBy === undefined || calledBy.service === (caller?.service.name ?? "outside");
  }

  function spanMatches(
    { service, operation, attributes, shared }: SampleSpan,
    search: Partial<TraceSearch>,
  ): boolean {
    const values: Record<string, unknown> = { ...shared, ...attributes };
    const { text } = search;
    return (
      (search.service === undefined || search.service.service === service.name) &&
      (search.operation === undefined || search.operation === operation) &&
      (search.attributes ?? []).every(({ name, value }) => values[name] === value) &&
      (text === undefined ||
        [operation, ...Object.values(values)].some((value) => `${value}`.includes(text.toLowerCase())))
    );
  }

  /** A clock that makes each statement take so long. */
  const clockOf = (stepMs: number) => {
    let atMs = 0;
    return () => {
      atMs += stepMs;
      return atMs;
    };
  };

  test.each([
    { limit: 1_000, budgetMs: 60_000, stepMs: 1, how: "by reading" },
    { limit: 1_000, budgetMs: 60_000, stepMs: 30, how: "by looking up" },
    { limit: 7, budgetMs: 60_000, stepMs: 1, how: "page by page" },
    { limit: 7, budgetMs: 60_000, stepMs: 30, how: "page by page, looking up" },
    { limit: 1_000, budgetMs: 3, stepMs: 1, how: "in pages that are cut short" },
    { limit: 7, budgetMs: 45, stepMs: 11, how: "page by page, some of them cut short" },
  ])(
    "$how",
    async ({ limit, budgetMs, stepMs }) => {
      await fc.assert(
        fc.asyncProperty(searches, async (search) => {
          const numbers: number[] = [];
          let before: string | undefined;
          let pages = 0;
          do {
            const page = await searchTraces(
              sql,
              { window, limit, budgetMs, before, ...search },
              clockOf(stepMs),
            );
            numbers.push(...numbersOf(page.traces));
            expect(page.traces.length).toBeLessThanOrEqual(limit);
            if (page.searchedBackToNs === undefined && page.next) expect(page.traces).toHaveLength(limit);
            before = page.next;
            expect(++pages).toBeLessThan(3_000);
          } while (before !== undefined);
          expect(numbers).toEqual(expected(search));
        }),
        { numRuns: 15, seed: 4 },
      );
    },
    120_000,
  );
});
