import { afterEach, beforeEach, expect, test } from "vitest";
import { SourceReports } from "../edges/source-reports.ts";
import { between } from "../testing/between.ts";
import { classicHistogram } from "../testing/classic-histogram.ts";
import { collectEdges } from "../testing/collect-edges.ts";
import { createTestScraper, startMs } from "../testing/create-test-scraper.ts";
import { startTarget, type TestTarget } from "../testing/start-target.ts";

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10"];
const ends =
  'source_namespace="shop",source_workload="web",source_app="web",destination_namespace="shop",destination_workload="cart",destination_app="cart",destination_ip="10.0.1.7"';
const exposition = (n: { ok: number; failed: number; reporter?: string }) => {
  const own = `${ends},method="GET"`;
  const reporter = `reporter="${n.reporter ?? "server"}"`;
  const counter = (status: string) =>
    `hubble_http_requests_total{${own},protocol="HTTP/1.1",${reporter},status="${status}"}`;
  return [
    "# TYPE hubble_http_requests_total counter",
    `${counter("200")} ${n.ok}`,
    `${counter("500")} ${n.failed}`,
    "# TYPE hubble_http_request_duration_seconds histogram",
    classicHistogram(
      "hubble_http_request_duration_seconds",
      `${own},${reporter}`,
      bounds,
      [n.ok, 0, 0, n.failed],
      n.ok * 0.004 + n.failed * 0.04,
    ),
    "",
  ].join("\n");
};

test("latencies, which know no status, are dealt out to the statuses by their requests", async () => {
  const { summary } = await between(
    target,
    exposition({ ok: 50, failed: 5 }),
    exposition({ ok: 80, failed: 15 }),
  );
  expect(summary).toMatchObject({
    "source shop/web > shop/cart http GET 2xx": { requests: 30, latencies: 30 },
    "source shop/web > shop/cart http GET 5xx": { requests: 10, latencies: 10 },
  });
  const seconds = Object.values(summary).reduce((sum, own) => sum + own.seconds, 0);
  expect(seconds).toBeCloseTo(30 * 0.004 + 10 * 0.04, 6);
});

test("the server's report counts where the client's proxy sees nothing", async () => {
  const shared = { sourceReports: new SourceReports(), collected: collectEdges(() => startMs) };
  const [client, server] = ["client", "server"].map(
    (reporter) => (n: number) => exposition({ ok: n, failed: 0, reporter }),
  );
  const { summary } = await between(target, client!(1) + server!(1), client!(4) + server!(4), shared);
  expect(Object.entries(summary).map(([key, { requests }]) => [key, requests])).toEqual([
    ["source shop/web > shop/cart http GET 2xx", 3],
    ["destination shop/web > shop/cart http GET 2xx", 3],
  ]);
});

test("exemplars of OpenMetrics lead to traces", async () => {
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const withExemplar = (n: number) =>
    `${exposition({ ok: n, failed: 0 }).replace(/(le="0.005"\} \d+)/, `$1 # {traceID="${traceId}"} 0.004 1700000000.0`)}# EOF\n`;
  const scraper = createTestScraper({ address: target.address });
  for (const n of [5, 6, 6]) {
    target.show(withExemplar(n), {
      "content-type": "application/openmetrics-text; version=1.0.0; charset=utf-8",
    });
    expect(await scraper.scrape()).toBe("ok");
  }
  await scraper.close();
  // Once: with the request that it belongs to.
  expect(scraper.collected.edges().flatMap(({ exemplars }) => exemplars)).toEqual([
    { bucketIndex: Math.ceil(Math.log2(0.004) * 16) - 1, traceId },
  ]);
});

test("by the contexts alone, and the world is outside", async () => {
  const context = (source: string, n: number) =>
    `hubble_http_requests_total{source="${source}",destination="shop/cart-6b7d",method="PUT",protocol="HTTP/1.1",reporter="client",status="404"} ${n}\n`;
  const both = (n: number) => context("shop/web-5c9f", n) + context("reserved:world", n);
  expect(Object.keys((await between(target, both(1), both(2))).summary)).toEqual([
    "source shop/web-5c9f > shop/cart-6b7d http PUT 4xx",
    "source /outside > shop/cart-6b7d http PUT 4xx",
  ]);
});

test("of the older metrics, which swap both ends of an answer, nothing is taken", async () => {
  const older = (n: number) =>
    [
      `hubble_http_requests_total{${ends},method="GET",protocol="HTTP/1.1",reporter="server"} ${n}`,
      classicHistogram(
        "hubble_http_request_duration_seconds",
        `${ends},method="GET",reporter="server"`,
        bounds,
        [n],
        n,
      ),
    ].join("\n");
  expect((await between(target, older(1), older(5))).summary).toEqual({});
});
