import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { totalOf } from "../edges/bucket-counts.ts";
import { ExpositionReader } from "../exposition/exposition-reader.ts";
import { classicHistogram } from "../testing/classic-histogram.ts";
import { SeriesBudget } from "./series-budget.ts";
import { SeriesTable } from "./series-table.ts";

const dst = (name: string) =>
  `direction="outbound",dst_deployment="${name}",dst_namespace="shop",status_code="200"`;
const counter = (name: string, value: number | string) => `response_total{${dst(name)}} ${value}\n`;
const bounds = [1, 10, 100];
const histogram = (counts: readonly number[], sum = 0) =>
  classicHistogram("response_latency_ms", dst("a"), bounds, counts, sum);

function createTable({ honorLabels = false, limit = 1000 } = {}) {
  const budget = new SeriesBudget(limit);
  const targetLabels = new Map([
    ["deployment", "web"],
    ["namespace", "shop"],
  ]);
  const table = new SeriesTable({ targetLabels, honorLabels, budget });
  let nowMs = 1_000_000;
  return {
    ...{ table, budget },
    /** What each destination got since the last scrape, and the latencies of all; ten seconds later. */
    scrape(text: string, afterMs = 10_000) {
      nowMs += afterMs;
      const scraped = table.begin();
      const reader = new ExpositionReader({ sample: (sample) => scraped.add(sample), type() {} }, false);
      reader.push(Buffer.from(text));
      reader.end();
      const { deltas, dropped, invalid } = table.commit(scraped, nowMs);
      const requests = deltas.filter(({ measure }) => measure.of === "requests");
      const latencies = deltas.flatMap(({ latency }) => (latency ? [latency] : []));
      return {
        counts: Object.fromEntries(requests.map(({ report, count }) => [report.destination.service, count])),
        sources: requests.map(({ report }) => report.source.namespace),
        latencies: latencies.reduce((sum, { buckets }) => sum + totalOf(buckets), 0),
        seconds: latencies.reduce((sum, { seconds }) => sum + seconds, 0),
        dropped,
        invalid,
      };
    },
  };
}

describe("counters", () => {
  test("the first scrape only shows where counting begins", () => {
    const { scrape } = createTable();
    expect(scrape(counter("a", 1_000_000)).counts).toEqual({ a: 0 });
    expect(scrape(counter("a", 1_000_007)).counts).toEqual({ a: 7 });
    expect(scrape(counter("a", 1_000_007)).counts).toEqual({ a: 0 });
  });

  test("a series that appears at a known target has begun at zero", () => {
    const { scrape } = createTable();
    scrape(counter("a", 10));
    expect(scrape(counter("a", 12) + counter("b", 5)).counts).toEqual({ a: 2, b: 5 });
  });

  test("one that appears at a target that speaks for others need not", () => {
    const { scrape } = createTable({ honorLabels: true });
    const own = (text: string) => text.replaceAll("direction", 'deployment="web",direction');
    scrape(own(counter("a", 10)));
    expect(scrape(own(counter("a", 12) + counter("b", 5000))).counts).toEqual({ a: 2, b: 0 });
    expect(scrape(own(counter("a", 12) + counter("b", 5003))).counts).toEqual({ a: 0, b: 3 });
  });

  test("a value below the last one is that of a process that has begun anew", () => {
    const { scrape } = createTable();
    scrape(counter("a", 100));
    expect(scrape(counter("a", 4)).counts).toEqual({ a: 4 });
    expect(scrape(counter("a", 6)).counts).toEqual({ a: 2 });
  });

  test("a series that is away for a while counts once; one that is away for longer begins anew", () => {
    const { scrape, table, budget } = createTable();
    scrape(counter("a", 100) + counter("b", 1));
    scrape(counter("b", 1));
    expect(scrape(counter("a", 103) + counter("b", 1)).counts).toEqual({ a: 3, b: 0 });
    for (let i = 0; i < 40; i++) scrape(counter("b", 1));
    expect([table.size, budget.taken]).toEqual([1, 1]);
    expect(scrape(counter("a", 5)).counts).toEqual({ a: 5 });
  });

  test("missing scrapes lose nothing", () => {
    const { scrape } = createTable();
    scrape(counter("a", 1));
    expect(scrape(counter("a", 500), 3_600_000).counts).toEqual({ a: 499 });
  });

  test("labels in another order, or with other spaces, are the same series", () => {
    const { scrape } = createTable();
    scrape(counter("a", 5));
    const turned =
      'response_total{ status_code="200", dst_namespace="shop", dst_deployment="a", direction="outbound" } 8\n';
    expect(scrape(turned).counts).toEqual({ a: 3 });
    expect(scrape(counter("a", 9)).counts).toEqual({ a: 1 });
  });

  test("of a series that is there twice the first one counts", () => {
    const { scrape } = createTable();
    scrape(counter("a", 5));
    expect(scrape(counter("a", 7) + counter("a", 50)).counts).toEqual({ a: 2 });
    const spaced = counter("a", 50).replace("{", " {");
    expect(scrape(counter("a", 8) + spaced).counts).toEqual({ a: 1 });
  });

  test.each(["NaN", "-1", "+Inf", "1e300"])("%s is no count and changes nothing", (value) => {
    const { scrape } = createTable();
    scrape(counter("a", 5));
    expect(scrape(counter("a", value))).toMatchObject({ counts: {}, invalid: 1 });
    expect(scrape(counter("a", 6)).counts).toEqual({ a: 1 });
  });

  test.each`
    honorLabels | source
    ${false}    | ${"shop"}
    ${true}     | ${"other"}
  `("of a label that both have, honor_labels $honorLabels takes $source", ({ honorLabels, source }) => {
    const { scrape } = createTable({ honorLabels });
    const own = `response_total{namespace="other",${dst("a")}} 5\n`;
    scrape(own);
    expect(scrape(own.replace(" 5", " 7"))).toMatchObject({ counts: { a: 2 }, sources: [source] });
  });

  test.each`
    line                                                    | says
    ${`response_total{x="1",x="2",${dst("a")}} 1\n`}        | ${/has a label twice/}
    ${`response_latency_ms_bucket{${dst("a")}} 1\n`}        | ${/is a bucket without le/}
    ${`response_latency_ms_bucket{${dst("a")},le="x"} 1\n`} | ${/is a bucket without le/}
  `("$line is refused, and nothing of the scrape counts", ({ line, says }) => {
    const { scrape } = createTable();
    scrape(counter("a", 5));
    expect(() => scrape(counter("a", 9) + counter("b", 9) + line)).toThrow(says);
    expect(scrape(counter("a", 10)).counts).toEqual({ a: 5 });
    expect(scrape(counter("a", 10) + counter("b", 9)).counts).toEqual({ a: 0, b: 9 });
  });
});

describe("histograms", () => {
  test("buckets and sums are what came since the last scrape", () => {
    const { scrape } = createTable();
    expect(scrape(histogram([5, 5, 5, 5], 900))).toMatchObject({ latencies: 0, seconds: 0 });
    expect(scrape(histogram([6, 7, 8, 9], 1900))).toMatchObject({ latencies: 10, seconds: 1 });
  });

  test("one bucket that has fewer is a process that has begun anew, even where all together are more", () => {
    const { scrape } = createTable();
    scrape(histogram([50, 0, 0, 0], 50));
    expect(scrape(histogram([10, 0, 90, 0], 2000))).toMatchObject({ latencies: 100, seconds: 2 });
  });

  test("buckets that are read while requests end count each request once", () => {
    const { scrape } = createTable();
    const torn = (...cumulative: readonly number[]) =>
      ["1", "10", "100", "+Inf"]
        .map((le, i) => `response_latency_ms_bucket{${dst("a")},le="${le}"} ${cumulative[i]}\n`)
        .join("");
    const scrapes = [
      torn(0, 0, 0, 0),
      // A request of 1 ms: the first bucket has it, the others have not yet.
      torn(6, 5, 5, 5),
      torn(6, 6, 6, 6),
      // One of 10 ms: its own bucket was read before it ended, the others after.
      torn(6, 6, 7, 7),
      torn(6, 7, 7, 7),
      torn(6, 7, 8, 8),
    ];
    expect(scrapes.map((text) => scrape(text).latencies)).toEqual([0, 5, 1, 1, 0, 1]);
  });

  test("with other borders counting begins anew, without a spike", () => {
    const { scrape } = createTable();
    scrape(histogram([1, 2, 3, 4]));
    const other = (n: number) =>
      classicHistogram("response_latency_ms", dst("a"), [1, 5, 10, 100], [n, n, n, n, n], 0);
    expect(scrape(other(500)).latencies).toBe(0);
    expect(scrape(other(501)).latencies).toBe(5);
  });

  test("without buckets the mean is all there is", () => {
    const { scrape } = createTable();
    const summary = (count: number, sum: number) =>
      `response_latency_ms_sum{${dst("a")}} ${sum}\nresponse_latency_ms_count{${dst("a")}} ${count}\n`;
    scrape(summary(1, 5));
    expect(scrape(summary(11, 55))).toMatchObject({ latencies: 10, seconds: 0.05 });
  });

  test("whatever is counted between the first scrape and the last is counted once", () => {
    const step = fc.array(fc.nat({ max: 50 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
        const { scrape } = createTable();
        const total = [7, 0, 3, 1];
        scrape(histogram(total));
        let counted = 0;
        for (const added of steps) {
          for (const i of total.keys()) total[i]! += added[i]!;
          counted += scrape(histogram(total)).latencies;
        }
        expect(counted).toBe(steps.flat().reduce((sum, own) => sum + own, 0));
      }),
    );
  });
});

describe("the limit", () => {
  const many = (from: number, to: number, value: number) =>
    Array.from({ length: to - from }, (_, i) => counter(`s${from + i}`, value)).join("");

  test("series beyond it are counted as dropped, the others go on", () => {
    const { scrape, budget } = createTable({ limit: 10 });
    expect(scrape(many(0, 15, 5)).dropped).toBe(5);
    expect(budget.taken).toBe(10);
    const { counts, dropped } = scrape(many(0, 15, 7));
    expect([Object.keys(counts).length, dropped]).toEqual([10, 5]);
    expect(new Set(Object.values(counts))).toEqual(new Set([2]));
  });

  test("where room appears, a series that was dropped does not count from zero", () => {
    const { scrape } = createTable({ limit: 10 });
    scrape(many(0, 15, 5_000));
    for (let i = 0; i < 40; i++) {
      const { counts } = scrape(many(5, 15, 5_000));
      expect(Object.values(counts).filter((count) => count > 0)).toEqual([]);
    }
    expect(scrape(many(10, 15, 5_001)).counts).toEqual({ s10: 1, s11: 1, s12: 1, s13: 1, s14: 1 });
  });

  test("a histogram has room as a whole or none", () => {
    const { scrape, budget, table } = createTable({ limit: 4 });
    expect(scrape(histogram([1, 1, 1, 1])).dropped).toBeGreaterThan(0);
    expect([budget.taken, table.size]).toEqual([0, 0]);
  });

  test("what is no histogram takes no room, however often it is shown", () => {
    const { scrape, budget } = createTable({ limit: 10 });
    const noTotal = Array.from(
      { length: 30 },
      (_, i) => `response_latency_ms_bucket{${dst("a")},le="${i}"} 1\n`,
    ).join("");
    for (let i = 0; i < 4; i++) expect(scrape(noTotal)).toMatchObject({ dropped: 20, invalid: 1 });
    expect(budget.taken).toBe(0);
  });

  test("a target that goes gives all of it back", () => {
    const { scrape, budget, table } = createTable();
    scrape(many(0, 15, 5) + histogram([1, 1, 1, 1]));
    expect(budget.taken).toBe(20);
    table.close();
    expect(budget.taken).toBe(0);
  });
});
