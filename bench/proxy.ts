import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Children } from "./proxy/children.ts";
import { Load } from "./proxy/load/load.ts";
import { measureThroughput, throughputCases } from "./proxy/measure/throughput.ts";
import { allPeers } from "./proxy/peers/all-peers.ts";
import type { RunningPeer } from "./proxy/peers/peer.ts";
import { startUpstream } from "./proxy/upstream/start-upstream.ts";

const only = process.argv[process.argv.indexOf("--only") + 1]!.split(",");
const cases = process.argv[process.argv.indexOf("--case") + 1]!.split(",");
const dir = mkdtempSync(join(tmpdir(), "weir-bench-proxy-"));
const children = new Children();
try {
  const upstreams = await startUpstream(children);
  const load = await Load.start(children);
  const peers = new Map<string, RunningPeer>();
  for (const peer of allPeers(process.env.WEIR_BENCH_ENVOY ?? "envoy"))
    if (only.includes(peer.name)) peers.set(peer.name, await peer.start({ upstreams, dir, children }));
  for (const name of cases) {
    const t = await measureThroughput(load, peers, throughputCases[name]!, {
      warmUpMs: 2000,
      slices: 3,
      sliceMs: 1000,
    });
    console.log(name, t);
  }
  for (const [name, p] of peers) console.log(name, await p.remark?.());
} finally {
  await children.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
