import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { spanBody, TestCollector } from "../testing/test-collector.ts";

let directory: string;
// Before the bench's own: it is removed once the collector has stopped.
afterEach(() => rm(directory, { recursive: true }));
const bench = new TestCollector();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir-sampled-"));
});

async function total(name: string): Promise<number> {
  const metric = await bench.registry.getSingleMetric(`weir_collector_items_${name}_total`)?.get();
  return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
}

test("spans left out of a request that waits in the spool are counted once", async () => {
  await bench.startReady({
    config: {
      ...bench.config,
      spool: { directory, maxBytes: 2 ** 24 },
      probabilisticSampling: { percentage: 50, mode: "equalizing" },
    },
  });
  await bench.relay.cut();
  await waitFor(async () => /database_up 0$/m.test(await bench.registry.metrics()), {
    what: "the outage to be noticed",
  });
  expect((await bench.post("traces", spanBody("halved", 200))).status).toBe(200);
  const leftOut = await total("sampled_out");
  expect([leftOut > 0, leftOut < 200]).toEqual([true, true]);
  expect(await total("spooled")).toBe(200 - leftOut);
  await bench.relay.restore();
  await waitFor(async () => (await total("drained")) > 0, { what: "the spool to be drained" });
  expect(await bench.countSpans("halved")).toBe(200 - leftOut);
  expect([await total("sampled_out"), await total("drained"), await total("committed")]).toEqual([
    leftOut,
    200 - leftOut,
    200 - leftOut,
  ]);
});
