import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What one outbound sidecar costs a keep-alive GET with a 218-byte answer: CPU of its process a request, and the latency it
 * adds at a fixed rate, against the same upstream without it in the same run. Load and upstream share this process.
 */
const root = join(import.meta.dirname, "..");
const dir = mkdtempSync(join(tmpdir(), "weir-bench-proxy-"));
/** As the supervisor starts sidecars. */
const flags = ["--max-old-space-size=128", "--max-semi-space-size=2"];
const connections = 16;
const requests = 40_000;
const rate = 500;
const seconds = 10;
const request =
  "GET /api/items/42?full=1 HTTP/1.1\r\nHost: backend\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n";

const upstream = await startUpstream();
const upstreamPort = (upstream.address() as AddressInfo).port;
const [outbound, admin] = [await freePort(), await freePort()];
const file = join(dir, "sidecar.yaml");
writeFileSync(
  file,
  `workload: { service: web, namespace: bench, version: v1 }
outbound: { listen: "127.0.0.1:${outbound}" }
admin: { listen: "127.0.0.1:${admin}" }
services: [{ name: backend, endpoints: [{ address: "127.0.0.1:${upstreamPort}", version: v1 }] }]
`,
);
const sidecar = spawn(
  process.execPath,
  [...flags, join(root, "packages/cli/bin/weir.mjs"), "proxy", "--config", file],
  {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dir, "cache") },
  },
);
try {
  await ready();
  await closedLoop(outbound, requests / 2); // compiles what is hot
  const before = await sidecarCpuSeconds();
  const rps = await closedLoop(outbound, requests);
  const cpuUs = ((await sidecarCpuSeconds()) - before) * (1e6 / requests);
  const direct = await openLoop(upstreamPort);
  const through = await openLoop(outbound);
  const added = { p50Us: through.p50Us - direct.p50Us, p99Us: through.p99Us - direct.p99Us };
  const rssMiB = (await metric("process_resident_memory_bytes")) / 2 ** 20;
  console.log(
    `CPU of the sidecar        ${cpuUs.toFixed(1)} us a request (closed loop, ${connections} connections, ${Math.round(rps)} rps)`,
  );
  console.log(
    `added at ${rate} rps          p50 ${added.p50Us.toFixed(0)} us, p99 ${added.p99Us.toFixed(0)} us`,
  );
  console.log(`resident afterwards       ${rssMiB.toFixed(0)} MiB`);
  const figures = { cpuUs, rps, direct, through, added, rssMiB };
  console.log(JSON.stringify({ benchmark: "proxy", cpus: cpus().length, node: process.version, ...figures }));
} finally {
  sidecar.kill("SIGTERM");
  if (sidecar.exitCode === null) await once(sidecar, "exit");
  rmSync(dir, { recursive: true, force: true });
  upstream.close();
  upstream.unref();
}

async function startUpstream(): Promise<Server> {
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 147\r\n\r\n${"x".repeat(147)}`;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => undefined);
    // The sidecar pipelines nothing, so that one read is one request.
    socket.on("data", () => socket.write(answer, "latin1"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function ready(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const up = await fetch(`http://127.0.0.1:${admin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the sidecar did not become ready");
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

function sidecarCpuSeconds(): Promise<number> {
  return metric("process_cpu_seconds_total");
}

interface Caller {
  /** Sends one request and resolves when its answer is whole. */
  call(): Promise<void>;
  close(): void;
}

async function openCaller(port: number): Promise<Caller> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  let waiting: (() => void) | undefined;
  socket.on("data", (chunk) => {
    // Answers are small enough to come in one read; the body's last byte tells that it is whole.
    if (chunk.at(-1) === 0x78) waiting?.();
  });
  return {
    call: () =>
      new Promise((resolve) => {
        waiting = resolve;
        socket.write(request, "latin1");
      }),
    close: () => void socket.destroy(),
  };
}

/** Requests a second when every connection asks again as soon as it is answered. */
async function closedLoop(port: number, total: number): Promise<number> {
  const callers = await Promise.all(Array.from({ length: connections }, () => openCaller(port)));
  const started = performance.now();
  let left = total;
  await Promise.all(
    callers.map(async (caller) => {
      while (left-- > 0) await caller.call();
      caller.close();
    }),
  );
  return total / ((performance.now() - started) / 1000);
}

/** Latencies at a fixed rate, each counted from when its request was due, so that a stall is not forgiven. */
async function openLoop(port: number): Promise<{ p50Us: number; p99Us: number }> {
  const callers = await Promise.all(Array.from({ length: connections }, () => openCaller(port)));
  const latencies: number[] = [];
  const started = performance.now();
  await Promise.all(
    callers.map(async (caller, index) => {
      const everyMs = (1000 / rate) * connections;
      for (let due = started + (index * 1000) / rate; due < started + seconds * 1000; due += everyMs) {
        const waitMs = due - performance.now();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        // A late timer is this process's own; a late answer to the request before counts.
        const sent = waitMs > 0 ? performance.now() : due;
        await caller.call();
        latencies.push(performance.now() - sent);
      }
      caller.close();
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (q: number) => (latencies[Math.floor(latencies.length * q)] ?? 0) * 1000;
  return { p50Us: at(0.5), p99Us: at(0.99) };
}
