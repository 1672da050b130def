import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProcessedRequest } from "../../../processors/process-request.ts";
import { Refusal } from "../../refusal.ts";
import { classicHistogram } from "../testing/classic-histogram.ts";
import { summarize } from "../testing/collect-edges.ts";
import { createTestScraper, type ScraperSetup, startMs } from "../testing/create-test-scraper.ts";
import { startTarget, type TestTarget } from "../testing/start-target.ts";

let target: TestTarget;
let scrapers: ReturnType<typeof createTestScraper>[];
beforeEach(async () => {
  target = await startTarget();
  scrapers = [];
});
afterEach(async () => {
  await Promise.all(scrapers.map((scraper) => scraper.close()));
  target.close();
});

function createScraper(setup: Partial<ScraperSetup> = {}) {
  const labels = { deployment: "web", namespace: "shop" };
  const scraper = createTestScraper({ address: target.address, labels, ...setup });
  scrapers.push(scraper);
  return scraper;
}

const own = 'direction="outbound",dst_deployment="cart",dst_namespace="shop"';
const counted = (n: number) => `response_total{${own},status_code="200"} ${n}\n`;
const timed = (n: number) =>
  classicHistogram("response_latency_ms", `${own},status_code="200"`, [10, 20], [0, n], n * 15);
const edge = "source shop/web > shop/cart http 2xx";
const requestsOf = ({ collected }: ReturnType<typeof createTestScraper>) =>
  summarize(collected.edges())[edge]?.requests ?? 0;

describe("a scrape that fails", () => {
  const html = "<html>\nnot here\n";
  test.each`
    what                      | respond                                                                                                  | says
    ${"an error"}             | ${(r: Response) => r.writeHead(503).end(counted(9))}                                                     | ${/^the target answered with 503$/}
    ${"a page"}               | ${(r: Response) => r.end(html)}                                                                          | ${/^line 1: is no sample: <html>$/}
    ${"half a line"}          | ${(r: Response) => r.end(counted(900).slice(0, -2))}                                                     | ${/^line 1: the last line has no end$/}
    ${"half an answer"}       | ${(r: Response) => r.writeHead(200, { "content-length": 999 }).write(counted(9), () => r.destroy())}     | ${/./}
    ${"broken gzip"}          | ${(r: Response) => r.writeHead(200, { "content-encoding": "gzip" }).end("no gzip")}                      | ${/header/}
    ${"OpenMetrics, cut off"} | ${(r: Response) => r.writeHead(200, { "content-type": "application/openmetrics-text" }).end(counted(9))} | ${/there is no # EOF$/}
    ${"nothing in time"}      | ${(r: Response) => r.write(counted(9))}                                                                  | ${/^no whole answer within 1000 ms$/}
    ${"too many samples"}     | ${(r: Response) => r.end("a 1\n".repeat(11))}                                                            | ${/^the target has more than 10 samples$/}
  `("$what: nothing of it counts, and nothing is lost", async ({ respond, says }) => {
    const scraper = createScraper({ job: { scrape_timeout: "1s", sample_limit: 10 } });
    target.show(counted(5));
    expect(await scraper.scrape()).toBe("ok");
    target.answer((_, response) => respond(response));
    expect(await scraper.scrape()).toMatch(says);
    expect(scraper.collected.kept).toEqual([]);
    expect(scraper.scraper.health).toMatchObject({ lastScrapeMs: startMs + 20_000, samples: 1, series: 1 });
    target.show(counted(12));
    expect(await scraper.scrape()).toBe("ok");
    expect(requestsOf(scraper)).toBe(7);
  });

  test("an exposition of more than 64 MiB is not read to its end", async () => {
    const scraper = createScraper();
    const line = Buffer.from(`# ${"x".repeat(1021)}\n`);
    let sent = 0;
    target.answer((_, response) => {
      const more = () => {
        for (;;) {
          sent += line.length;
          if (sent > 80 * 1024 * 1024 || response.destroyed) return response.end();
          if (!response.write(line)) return response.once("drain", more);
        }
      };
      more();
    });
    expect(await scraper.scrape()).toBe("the exposition is larger than 67108864 bytes");
    expect(sent).toBeLessThan(80 * 1024 * 1024);
  });

  test("a target that is not there", async () => {
    const scraper = createScraper({ address: "127.0.0.1:1" });
    expect(await scraper.scrape()).toMatch(/ECONNREFUSED/);
  });

  test("what it missed is spread over the time that it missed", async () => {
    const scraper = createScraper();
    target.show(counted(0));
    await scraper.scrape();
    target.answer((_, response) => response.writeHead(500).end());
    await scraper.scrape(20_000);
    target.show(counted(60));
    await scraper.scrape(40_000);
    expect(scraper.collected.edges().map(({ timeMs, requests }) => [timeMs - startMs, requests])).toEqual(
      [20, 30, 40, 50, 60, 70].map((seconds) => [seconds * 1000 - 1, 10]),
    );
  });
});

test("gzip is taken, and asked for", async () => {
  const scraper = createScraper();
  for (const n of [1, 4]) {
    target.show(counted(n), { "content-encoding": "gzip" });
    expect(await scraper.scrape()).toBe("ok");
  }
  expect(requestsOf(scraper)).toBe(3);
  expect(target.requests[0]?.headers).toMatchObject({
    "accept-encoding": "gzip",
    accept: expect.stringContaining("application/openmetrics-text;version=1.0.0"),
    "x-prometheus-scrape-timeout-seconds": "10",
  });
});

describe("while the intake takes nothing", () => {
  const refusals = {
    "the database is away": (hooks: Hooks) => {
      hooks.mayReceive = () => {
        throw new Refusal("unavailable", "the database is away");
      };
    },
    "there is too much to do": (hooks: Hooks) => {
      hooks.keep = async () => {
        throw new Refusal("overloaded", "later");
      };
    },
  };

  test.each(Object.entries(refusals))("because %s, what was counted waits", async (_, refuse) => {
    const scraper = createScraper();
    const { hooks } = scraper.collected;
    const normal = { ...hooks };
    target.show(counted(100) + timed(100));
    await scraper.scrape();
    refuse(hooks);
    target.show(counted(110) + timed(110));
    expect(await scraper.scrape()).toBe("ok");
    // The process begins anew in between: what it had counted before is not forgotten.
    target.show(counted(5) + timed(5));
    await scraper.scrape();
    expect(scraper.collected.kept).toEqual([]);
    Object.assign(hooks, normal);
    target.show(counted(9) + timed(9));
    await scraper.scrape();
    expect(summarize(scraper.collected.edges())[edge]).toMatchObject({ requests: 19, latencies: 19 });
    // Each in the ten seconds in which it was counted, but for what was counted while another one waited.
    const times = scraper.collected.edges().map(({ timeMs, requests }) => [timeMs - startMs, requests]);
    expect(times).toEqual([
      [19_999, 10],
      [29_999, 5],
      [39_999, 4],
    ]);
    expect([scraper.collected.admission.bytes, scraper.collected.admission.requests]).toEqual([0, 0]);
  });

  test("what may have been kept is handed over again byte for byte", async () => {
    const scraper = createScraper();
    const kept: ProcessedRequest[] = [];
    scraper.collected.hooks.keep = async (processed) => {
      kept.push(processed);
      // Kept, and the word of it lost.
      if (kept.length === 1) throw new Refusal("unavailable", "the connection broke");
    };
    for (const n of [1, 4, 9]) {
      target.show(counted(n));
      await scraper.scrape();
    }
    const once = new Map(kept.map((own) => [Buffer.from(own.rows.digest).toString("hex"), own]));
    expect([kept.length, once.size]).toEqual([3, 2]);
    expect(summarize([...once.values()].flatMap(({ rows }) => rows.edgePoints))[edge]?.requests).toBe(8);
  });

  test("what will never be taken does not hold up what comes after it", async () => {
    const scraper = createScraper();
    const { hooks } = scraper.collected;
    const { keep } = hooks;
    hooks.keep = async () => {
      throw new Error("bug");
    };
    target.show(counted(1));
    await scraper.scrape();
    target.show(counted(2));
    await scraper.scrape();
    expect(scraper.faults).toHaveLength(1);
    hooks.keep = keep;
    target.show(counted(5));
    await scraper.scrape();
    expect(requestsOf(scraper)).toBe(3);
  });
});

describe("other metrics", () => {
  const text = [
    "# TYPE go_goroutines gauge\ngo_goroutines 7",
    '# TYPE http_requests counter\nhttp_requests_total{code="200"} 5',
    '# TYPE rpc_seconds summary\nrpc_seconds{quantile="0.5"} 0.1\nrpc_seconds_sum 3\nrpc_seconds_count 9',
    '# TYPE size histogram\nsize_bucket{le="1"} 1\nsize_bucket{le="+Inf"} 2\nsize_sum 3\nsize_count 2',
    `untyped NaN\n${counted(1)}`,
  ].join("\n");

  test("are kept as they are shown where the configuration says so", async () => {
    const scraper = createScraper({ job: { keep_other_metrics: true } });
    target.show(text);
    expect(await scraper.scrape()).toBe("ok");
    const others = scraper.collected.others();
    expect(others.map(({ name, kind, value, attributes }) => [name, kind, value, attributes])).toEqual([
      ["go_goroutines", "gauge", 7, {}],
      ["http_requests_total", "sum/cumulative", 5, { code: "200" }],
      ["rpc_seconds", "gauge", 0.1, { quantile: "0.5" }],
      ["rpc_seconds_sum", "sum/cumulative", 3, {}],
      ["rpc_seconds_count", "sum/cumulative", 9, {}],
      ["size_bucket", "sum/cumulative", 1, { le: "1" }],
      ["size_bucket", "sum/cumulative", 2, { le: "+Inf" }],
      ["size_sum", "sum/cumulative", 3, {}],
      ["size_count", "sum/cumulative", 2, {}],
      ["untyped", "gauge", Number.NaN, {}],
    ]);
    expect(others[0]?.service.name).toBe("mesh");
    expect(others[0]?.resource).toMatchObject({ "service.instance.id": target.address });
  });

  test("are not read elsewhere", async () => {
    const scraper = createScraper();
    target.show(text);
    expect(await scraper.scrape()).toBe("ok");
    expect([scraper.collected.kept, scraper.scraper.health.samples]).toEqual([[], 11]);
  });

  test("are left out and counted while the intake takes nothing", async () => {
    const scraper = createScraper({ job: { keep_other_metrics: true } });
    scraper.collected.hooks.mayReceive = () => {
      throw new Refusal("unavailable", "away");
    };
    target.show(text);
    await scraper.scrape();
    await scraper.scrape();
    expect(scraper.counts.map(({ droppedPoints }) => droppedPoints)).toEqual([0, 10]);
  });
});

type Hooks = ReturnType<typeof createTestScraper>["collected"]["hooks"];
interface Response {
  writeHead(status: number, headers?: object): Response;
  write(chunk: string, done?: () => void): boolean;
  end(chunk?: string): Response;
  destroy(): void;
}
