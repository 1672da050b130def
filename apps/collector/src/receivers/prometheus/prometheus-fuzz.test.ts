import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { summarize } from "./testing/collect-edges.ts";
import { createTestScraper } from "./testing/create-test-scraper.ts";
import { startTarget, type TestTarget } from "./testing/start-target.ts";

let target: TestTarget;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.close());

const metric = fc.constantFrom(
  "istio_requests_total",
  "istio_request_duration_milliseconds_bucket",
  "istio_request_duration_milliseconds_sum",
  "istio_request_duration_milliseconds_count",
  "istio_tcp_sent_bytes_total",
  "response_total",
  "response_latency_ms_bucket",
  "hubble_http_requests_total",
  "hubble_http_request_duration_seconds_bucket",
  "envoy_cluster_upstream_rq",
  "envoy_cluster_upstream_rq_xx",
  "envoy_cluster_upstream_rq_time_bucket",
  "envoy_appmesh_TargetResponseTime_bucket",
  "go_goroutines",
);
const word = fc.constantFrom(
  "",
  "unknown",
  "-",
  "web",
  "cart",
  "200",
  "503",
  "0",
  "source",
  "outbound",
  "1",
  "100",
  "+Inf",
  "NaN",
  "a|b|c",
  "x.y.svc.z",
  'q\\"q',
  "\\n",
  "∑",
);
const labelName = fc.constantFrom(
  ...["reporter", "direction", "source_canonical_service", "destination_canonical_service", "response_code"],
  ...["response_flags", "grpc_status", "dst_deployment", "status_code", "status", "method", "le", "source"],
  ...["destination", "envoy_cluster_name", "envoy_response_code", "envoy_response_code_class", "VirtualNode"],
  ...["TargetVirtualService", "kuma_io_service", "consul_source_service", "consul_destination_service"],
);
const value = fc.oneof(
  fc.nat({ max: 1000 }).map(String),
  fc.constantFrom("NaN", "-1", "+Inf", "1e300", "1e+06", "0.5"),
);
const line = fc
  .tuple(metric, fc.dictionary(labelName, word, { maxKeys: 7 }), value)
  .map(([name, labels, number]) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
    return `${name}{${pairs.join(",")}} ${number}\n`;
  });
const exposition = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(""));

const createScraper = () =>
  createTestScraper({
    address: target.address,
    labels: { deployment: "web", job: "mesh" },
    job: { keep_other_metrics: true },
  });

describe("whatever a target shows", () => {
  test("scrapes go on, and what they bring is taken whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exposition, { minLength: 2, maxLength: 5 }), async (shown) => {
        const scraper = createScraper();
        for (const text of shown) {
          const kept = scraper.collected.kept.length;
          target.show(text);
          if ((await scraper.scrape()) !== "ok") expect(scraper.collected.kept.length).toBe(kept);
        }
        await scraper.close();
        expect([scraper.rejected, scraper.faults]).toEqual([[], []]);
        expect([scraper.collected.admission.bytes, scraper.collected.admission.requests]).toEqual([0, 0]);
        for (const { requests, histogram } of scraper.collected.edges()) {
          expect(Number.isSafeInteger(requests) && requests >= 0).toBe(true);
          expect(histogram.counts.every((count) => Number.isSafeInteger(count) && count > 0)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  const names = ["a", "b", "c"];
  const honest = (values: readonly number[]) =>
    names
      .map(
        (name, i) =>
          `response_total{direction="outbound",dst_deployment="${name}",status_code="200"} ${values[i]}\n`,
      )
      .join("");
  const values = fc.array(fc.nat({ max: 1e6 }), { minLength: 3, maxLength: 3 });

  test("a scrape that is cut off or garbled does not change what is counted in the end", async () => {
    const damage = fc.oneof(
      fc.record({ cutAt: fc.nat() }),
      fc.record({ flipAt: fc.nat(), bit: fc.nat(7) }).map(({ flipAt, bit }) => ({ flipAt, bit })),
      fc.record({ insert: fc.string({ unit: "binary", minLength: 1, maxLength: 5 }), at: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(values, values, damage, async (first, growth, how) => {
        const scraper = createScraper();
        target.show(honest(first));
        await scraper.scrape();
        const last = first.map((own, i) => own + (growth[i] ?? 0));
        const damaged = damagedBy(Buffer.from(honest(last)), how);
        target.answer((_, response) => response.end(damaged));
        const answer = await scraper.scrape();
        // Bits may flip into another good exposition, whose numbers are then what the target says.
        fc.pre(answer !== "ok" || "cutAt" in how);
        target.show(honest(last));
        expect(await scraper.scrape()).toBe("ok");
        await scraper.close();
        const counted = Object.entries(summarize(scraper.collected.edges())).map(([key, { requests }]) => [
          key,
          requests,
        ]);
        const expected = names.flatMap((name, i) =>
          growth[i] ? [[`source /web > /${name} http 2xx`, growth[i]]] : [],
        );
        expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 80 },
    );
  });
});

type Damage = { cutAt: number } | { flipAt: number; bit: number } | { insert: string; at: number };

function damagedBy(body: Buffer, how: Damage): Buffer {
  if ("cutAt" in how) return body.subarray(0, how.cutAt % body.length);
  if ("insert" in how) {
    const at = how.at % body.length;
    return Buffer.concat([body.subarray(0, at), Buffer.from(how.insert), body.subarray(at)]);
  }
  const flipped = Buffer.from(body);
  flipped[how.flipAt % body.length]! ^= 1 << how.bit;
  return flipped;
}
