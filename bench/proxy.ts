import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { envoyCommand } from "./proxy/config.ts";
import { Load } from "./proxy/load/load.ts";
import { measureGrowth } from "./proxy/measure/growth.ts";
import { measureLatency } from "./proxy/measure/latency.ts";
import { measureMemory } from "./proxy/measure/memory.ts";
import { measureThroughput, throughputCases } from "./proxy/measure/throughput.ts";
import { readProxyOptions } from "./proxy/options.ts";
import { allPeers } from "./proxy/peers/all-peers.ts";
import { startPeers } from "./proxy/peers/start-peers.ts";
import { report } from "./proxy/report.ts";
import { startUpstream } from "./proxy/upstream/start-upstream.ts";
import { Children } from "./shared/children.ts";

/**
 * What a sidecar costs a request, beside other proxies: all stand before one upstream, are asked by one load generator,
 * and take turns, so that ratios hold on a machine that others use too. Linux only (it reads /proc).
 */
const available = allPeers(envoyCommand);
const options = readProxyOptions(process.argv.slice(2), available);
const dir = mkdtempSync(join(tmpdir(), "weir-bench-proxy-"));
const children = new Children(dir);
const wanted = (name: string) => options.cases.has(name);
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const upstreams = await startUpstream(children);
  const load = await Load.start(children);
  const surroundings = { upstreams, dir, children };
  const peers = await startPeers(available, options.only, surroundings);

  const memory = wanted("memory") ? await measureMemory(load, peers.running, options.memory) : undefined; // first: they are fresh
  const throughput = new Map();
  for (const [name, throughputCase] of Object.entries(throughputCases))
    if (wanted(name))
      throughput.set(name, await measureThroughput(load, peers.running, throughputCase, options.throughput));
  const latency = wanted("latency")
    ? await measureLatency(load, { port: upstreams.http1, host: "backend" }, peers.running, options.latency)
    : undefined;
  const remarks = await peers.remarks();
  await peers.stop();
  const growth = wanted("growth") ? await measureGrowth(load, surroundings, options.throughput) : undefined;

  report({ throughput, latency, memory, growth }, remarks);
} finally {
  await children.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
