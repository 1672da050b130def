import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRegistry, type Logger } from "@weir/telemetry/process";
import { waitFor } from "@weir/testkit/sockets";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PrometheusConfig } from "./config/prometheus-config.ts";
import { createPrometheusMeters } from "./prometheus-meters.ts";
import { type PrometheusReceiver, startPrometheusReceiver } from "./prometheus-receiver.ts";
import { collectEdges, summarize } from "./testing/collect-edges.ts";
import { startTarget, type TestTarget } from "./testing/start-target.ts";

let targets: TestTarget[];
let directory: string;
let receiver: PrometheusReceiver | undefined;
let logged: string[];
beforeEach(async () => {
  targets = await Promise.all([startTarget(), startTarget()]);
  directory = await mkdtemp(join(tmpdir(), "weir-targets-"));
  receiver = undefined;
  logged = [];
});
afterEach(async () => {
  await receiver?.stop();
  for (const target of targets) target.close();
  await rm(directory, { recursive: true });
});

const exposition = (n: number) =>
  `istio_requests_total{reporter="source",source_canonical_service="web",destination_canonical_service="cart",request_protocol="http",response_code="200",response_flags="-"} ${n}\n`;

function start(config: object) {
  const registry = createRegistry("collector");
  const collected = collectEdges(Date.now);
  const note = (fields: object) => void logged.push(JSON.stringify(fields));
  receiver = startPrometheusReceiver({
    // It is the time-out of a scrape as well, which a busy machine must not run into.
    config: PrometheusConfig.parse({ global: { scrape_interval: "400ms" }, ...config }),
    intake: collected.intake,
    now: Date.now,
    log: { info: note, warn: note, error: note } as unknown as Logger,
    meters: createPrometheusMeters(registry),
    refreshMs: 20,
  });
  return { collected, registry, receiver };
}

const requestsOf = (collected: ReturnType<typeof collectEdges>) =>
  Object.values(summarize(collected.edges())).reduce((sum, { requests }) => sum + requests, 0);

test("targets are scraped again and again, and every request counts once", async () => {
  const [a, b] = targets as [TestTarget, TestTarget];
  for (const target of targets) target.show(exposition(100));
  const { collected, receiver } = start({
    scrape_configs: [{ job_name: "istio", static_configs: [{ targets: [a.address, b.address] }] }],
  });
  await waitFor(() => receiver.targets().filter(({ samples }) => samples === 1).length === targets.length, {
    what: "a first scrape of each",
  });
  // Each counts one more whenever it is asked, up to four.
  for (const { answer } of targets) {
    let counted = 100;
    answer((_, response) => {
      counted = Math.min(counted + 1, 104);
      response.end(exposition(counted));
    });
  }
  const asked = () => Math.min(...targets.map(({ requests }) => requests.length));
  await waitFor(() => requestsOf(collected) >= 8, { what: "all that both count" });
  const before = asked();
  await waitFor(() => asked() >= before + 2, { what: "another scrape of each" });
  await receiver.stop();
  expect(requestsOf(collected)).toBe(8);
  expect(Object.keys(summarize(collected.edges()))).toEqual(["source /web > /cart http 2xx"]);
});

test("how each target fares is told, in /metrics too, and logged when it changes", async () => {
  const [good, bad] = targets as [TestTarget, TestTarget];
  good.show(exposition(5));
  bad.answer((_, response) => response.writeHead(404).end());
  const { registry, receiver } = start({
    scrape_configs: [
      { job_name: "mesh", static_configs: [{ targets: [good.address, bad.address], labels: { zone: "a" } }] },
    ],
  });
  // The third is asked for once the second has been told of.
  await waitFor(() => bad.requests.length >= 3 && good.requests.length >= 3, { what: "scrapes" });
  expect(receiver.targets()).toMatchObject([
    { job: "mesh", instance: good.address, error: undefined, samples: 1, series: 1 },
    { job: "mesh", instance: bad.address, error: "the target answered with 404", samples: 0, series: 0 },
  ]);
  const metrics = await registry.metrics();
  const label = ({ address }: TestTarget) => `{job="mesh",instance="${address}"`;
  expect(metrics).toContain(`weir_collector_prometheus_target_up${label(good)}`);
  expect(metrics).toMatch(new RegExp(`target_up\\{job="mesh",instance="${bad.address}"[^}]*\\} 0`));
  expect(metrics).toMatch(new RegExp(`target_samples\\{job="mesh",instance="${good.address}"[^}]*\\} 1`));
  expect(metrics).toMatch(/scrapes_total\{job="mesh",result="failed"[^}]*\} ([2-9]|\d{2,})$/m);
  expect(metrics).toMatch(/remembered_numbers(\{[^}]*\})? 1/);
  bad.show(exposition(1));
  await waitFor(() => receiver.targets()[1]?.error === undefined, { what: "the target to be good again" });
  expect(logged).toEqual([
    JSON.stringify({ subject: `http://${bad.address}/metrics`, reason: "the target answered with 404" }),
    JSON.stringify({ subject: `http://${bad.address}/metrics` }),
  ]);
});

test("target files are read again when they change; a target that stays forgets nothing", async () => {
  const [a, b] = targets as [TestTarget, TestTarget];
  const file = join(directory, "targets.json");
  const write = (...all: TestTarget[]) =>
    writeFile(file, JSON.stringify([{ targets: all.map(({ address }) => address), labels: { x: "y" } }]));
  a.show(exposition(10));
  b.show(exposition(1000));
  await write(a);
  const { collected, receiver } = start({
    scrape_configs: [{ job_name: "mesh", file_sd_configs: [{ files: [join(directory, "*.json")] }] }],
  });
  await waitFor(() => a.requests.length > 0, { what: "a scrape of the first" });
  await write(a, b);
  await waitFor(() => receiver.targets()[1]?.lastScrapeMs, { what: "a scrape of the second" });
  a.show(exposition(13));
  await waitFor(() => requestsOf(collected) === 3, { what: "what the first has counted" });
  await writeFile(file, "{ broken");
  await waitFor(() => logged.some((line) => line.includes("targets.json")), {
    what: "the fault to be logged",
  });
  expect(receiver.targets()).toHaveLength(2);
  await write(b);
  await waitFor(() => receiver.targets().length === 1, { what: "the first to be gone" });
  // One of the first that was under way may be met still.
  const before = b.requests.length;
  await waitFor(() => b.requests.length > before, { what: "the second to be scraped alone" });
  const scrapes = a.requests.length;
  b.show(exposition(1004));
  await waitFor(() => requestsOf(collected) === 7, { what: "what the second has counted" });
  expect(a.requests.length).toBe(scrapes);
});

test("stopping ends a scrape that hangs", async () => {
  const [hanging] = targets as [TestTarget];
  hanging.answer((_, response) => response.write("# still going\n"));
  const { receiver } = start({
    scrape_configs: [
      {
        job_name: "mesh",
        scrape_interval: "1m",
        scrape_timeout: "1m",
        static_configs: [{ targets: [hanging.address] }],
      },
    ],
  });
  await waitFor(() => hanging.requests.length === 1, { what: "the scrape" });
  await receiver.stop();
  expect(receiver.targets()).toEqual([]);
});
