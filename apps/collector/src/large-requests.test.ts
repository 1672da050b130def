import { decodeStatus, encodeTraces } from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { expect, test } from "vitest";
import { maxBodyBytes } from "./receivers/read-body.ts";
import { nowNs, spanBody, TestCollector } from "./testing/test-collector.ts";

const bench = new TestCollector();

/** As many of the smallest spans as a body may hold; some share a trace, which keeps the test short. */
function largestBody(operation: string): { readonly body: Buffer; readonly spans: number } {
  const startTimeUnixNano = nowNs();
  const encode = (count: number): Buffer => {
    const spans = Array.from({ length: count }, (_, i) => ({
      traceId: (1 + (i >> 6)).toString(16).padStart(32, "a"),
      spanId: (1 + i).toString(16).padStart(16, "b"),
      name: operation,
      startTimeUnixNano,
      endTimeUnixNano: startTimeUnixNano,
    }));
    return encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, "protobuf");
  };
  const spanBytes = encode(2).length - encode(1).length;
  const spans = Math.floor((maxBodyBytes - 64) / spanBytes);
  return { body: encode(spans), spans };
}

test("the largest body is committed, far past the time-out, and small requests of others are not kept waiting", async () => {
  await bench.startReady({ databaseTimeoutMs: 1000 });
  const { body, spans } = largestBody("L");
  expect(body.length).toBeGreaterThan(maxBodyBytes * 0.999);
  let done = false;
  const large = bench.post("traces", body).finally(() => {
    done = true;
  });
  const small = new Set<number>();
  let beside = 0;
  while (!done) {
    small.add((await bench.post("traces", spanBody("small"))).status);
    if (!done) beside += 1;
  }
  expect((await large).status).toBe(200);
  expect([...small]).toEqual([200]);
  expect(beside).toBeGreaterThan(5);
  expect(await bench.countSpans("L")).toBe(spans);
  const held = await bench.registry.getSingleMetric("weir_collector_commit_seconds")?.get();
  const withinTimeout = held?.values.find(({ labels }) => labels.le === 1)?.value;
  const all = held?.values.find(({ labels }) => labels.le === "+Inf")?.value;
  expect(all).toBeGreaterThan(withinTimeout ?? Number.NaN);
}, 180_000);

test("a request whose rows are locked by somebody else is answered 503 alone, and the database stays up", async () => {
  await bench.startReady({ databaseTimeoutMs: 800, lingerMs: 50 });
  const traceId = "c".repeat(32);
  expect((await bench.post("traces", spanBody("first", 1, { traceId }))).status).toBe(200);
  const locked = spanBody("locked", 1, { traceId });
  const holder = await bench.sql.reserve();
  try {
    await holder`BEGIN`;
    await holder`SELECT 1 FROM trace WHERE trace_id = ${traceId}::uuid FOR UPDATE`;
    const sent = await Promise.all(
      [spanBody("free"), locked, spanBody("free"), spanBody("free")].map((body) =>
        bench.post("traces", body),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual([200, 503, 200, 200]);
    expect(decodeStatus(sent[1]?.body ?? Buffer.alloc(0), "protobuf").message).toMatch(
      /^this request cannot/,
    );
    expect(await bench.isReady()).toBe(true);
  } finally {
    await holder`ROLLBACK`;
    holder.release();
  }
  await waitFor(async () => (await bench.post("traces", locked)).status === 200, {
    what: "the lock to be gone",
  });
  expect(await bench.countSpans("locked")).toBe(1);
});
