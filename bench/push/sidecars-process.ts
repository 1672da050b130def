import { Agent } from "node:http";
import type { Acknowledged } from "./acknowledged.ts";
import { connectLightSidecar } from "./light-sidecar.ts";

/** Many light sidecars in a process of their own. Tells when all of them have acknowledged a snapshot. */
const [port = 0, sidecars = 0, services = 0] = process.argv.slice(2).map(Number);
const acks = new Agent({ keepAlive: true, maxSockets: 64 });
const counts = new Map<string, number>();
const clock = () => performance.timeOrigin + performance.now();
/** A burst of connections would measure the kernel's queue of them. */
const atOnce = 50;

for (let i = 0; i < sidecars; i += atOnce)
  await Promise.all(Array.from({ length: Math.min(atOnce, sidecars - i) }, (_, j) => connect(i + j)));
process.send?.("connected");

function connect(i: number): Promise<void> {
  const hello = {
    proxyId: `light-${i}`,
    workload: {
      namespace: "bench",
      service: `s${i % services}`,
      version: i % (2 * services) < services ? "v1" : "v2",
    },
    inboundAddress: `127.${1 + Math.floor(i / 60_000)}.0.1:${2_000 + (i % 60_000)}`,
    release: "0.1.0",
  };
  return connectLightSidecar(port, hello, acks, (version) => {
    const count = (counts.get(version) ?? 0) + 1;
    counts.set(version, count);
    const acknowledged: Acknowledged = { version, count, atMs: clock() };
    if (count === 1 || count === sidecars) process.send?.(acknowledged);
  });
}
