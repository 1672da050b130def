import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw, type RawClient } from "../testing/raw-client.ts";
import { ok, type RawServer, startFixedServer, startRawServer } from "../testing/raw-server.ts";
import { service, silentLog } from "../testing/start-test-sidecar.ts";
import { startTestWorkers } from "../testing/start-test-workers.ts";
import { startTestCollector } from "../testing/test-collector.ts";

const request = "GET / HTTP/1.1\r\nHost: backend\r\n\r\n";

/** Statuses of so many requests, each on a connection of its own, so that they go to both workers. */
async function statuses(port: number, count: number, atOnce = 10): Promise<number[]> {
  const all: number[] = [];
  while (all.length < count) {
    const batch = Array.from({ length: Math.min(atOnce, count - all.length) }, () =>
      rawHttp(port, request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")),
    );
    all.push(...(await Promise.all(batch)).map(({ status }) => status));
  }
  return all;
}

function timesOf<Value>(values: readonly Value[]): Map<Value, number> {
  return new Map([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
}

/** An upstream that keeps its callers waiting. */
async function startSlowServer(): Promise<RawServer & { release(): void }> {
  const server = await startRawServer(() => undefined);
  return {
    ...server,
    release: () => {
      for (const socket of server.sockets) socket.write(ok("late"));
    },
  };
}

/** Clients with one request each that wait for the upstream, and those answered at once. */
async function sendAll(port: number, count: number): Promise<RawClient[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => connectRaw(port)));
  for (const client of clients) client.send(request);
  return clients;
}

const answered = (clients: readonly RawClient[], pattern: RegExp) =>
  clients.filter(({ text }) => pattern.test(text)).length;

function moduleOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

test("both workers serve, and all they count and tell is counted once", async () => {
  const app = await startFixedServer(ok("x"));
  const collector = await startTestCollector();
  const sidecar = await startTestWorkers(
    {
      services: [service("backend", { v1: app.port })],
      telemetry: { otlp: collector.origin, traceSampling: 1 },
    },
    { plain: { exportIntervalMs: 100, drainMs: 100 } },
  );
  expect(await sidecar.page("/readyz")).toBe("ready\n");
  expect(timesOf(await statuses(sidecar.port, 60))).toEqual(new Map([[200, 60]]));
  expect(await sidecar.metric("weir_proxy_requests_total")).toBe(60);
  expect(await sidecar.metric("weir_proxy_overhead_seconds_count")).toBe(60);
  expect(await sidecar.metric("weir_proxy_workers")).toBe(2);
  await sidecar.stop();
  expect(collector.logs).toHaveLength(60);
  const counts = collector.metrics
    .filter(({ name }) => name === "http.client.request.duration")
    .flatMap(({ exponentialHistogram }) => exponentialHistogram?.dataPoints ?? []);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  expect(collector.spans).toHaveLength(60);
  const names = new Set(collector.resources.map((resource) => String(resource["service.instance.id"])));
  expect([...names].map((name) => name.slice(-3)).sort()).toEqual(["-w0", "-w1"]);
});

test("a limit of 40 tokens admits exactly 40 requests through both workers", async () => {
  const app = await startFixedServer(ok("x"));
  const limit = { maxTokens: 40, tokensPerFill: 1, fillIntervalMs: 3_600_000 };
  const sidecar = await startTestWorkers({
    mode: "enforce",
    services: [service("backend", { v1: app.port })],
    policies: [{ kind: "rateLimit", name: "quota", targetRef: "backend", ...limit }],
  });
  expect(timesOf(await statuses(sidecar.port, 100))).toEqual(
    new Map([
      [200, 40],
      [429, 60],
    ]),
  );
});

test("a breaker of 12 requests lets exactly 12 wait in both workers; what an ended worker held is given back", async () => {
  const slow = await startSlowServer();
  const sidecar = await startTestWorkers({
    mode: "enforce",
    services: [service("backend", { v1: slow.port })],
    policies: [{ kind: "circuitBreaker", name: "b", targetRef: "backend", maxRequests: 12 }],
  });
  const clients = await sendAll(sidecar.port, 30);
  await waitFor(() => answered(clients, /^HTTP\/1\.1 503/) === 18, {
    what: "what is too much to be refused",
  });
  await waitFor(() => slow.received.length === 12, { what: "the others to reach the upstream" });
  const waiting = clients.filter(({ text }) => text === "");

  const refused = () => sidecar.metric("weir_proxy_requests_total", /flag="UO"/);
  expect(await refused()).toBe(18);

  await sidecar.fleet.end(0);
  await waitFor(() => sidecar.fleet.serving === 1, { what: "one worker to be missed" });
  await sidecar.ready();
  expect(await sidecar.metric("weir_proxy_worker_restarts_total")).toBe(1);
  const open = () => waiting.filter(({ closed }) => !closed).length;
  await waitFor(async () => (await sidecar.metric("weir_proxy_requests_in_flight")) === open(), {
    what: "those that the ended worker held to hear of it",
  });
  const left = open();

  const others = await sendAll(sidecar.port, 20);
  await waitFor(() => answered(others, /^HTTP\/1\.1 503/) === 20 - (12 - left), {
    what: "the places given back",
  });
  await waitFor(() => slow.received.length === 12 + 12 - left, { what: "as many to take them" });
  slow.release();
  const served = () => answered([...waiting, ...others], /late$/);
  await waitFor(() => served() === 12, { what: "all that waited to be served" });
  // Refused before the end of the worker and after it: what it had counted is not forgotten.
  expect(await refused()).toBe(18 + 20 - (12 - left));
});

test("a breaker of 12 connections has 30 requests of both workers share them", async () => {
  let released = false;
  const slow = await startRawServer(() => (released ? ok("late") : undefined));
  const sidecar = await startTestWorkers({
    mode: "enforce",
    services: [service("backend", { v1: slow.port })],
    policies: [{ kind: "circuitBreaker", name: "b", targetRef: "backend", maxConnections: 12 }],
  });
  const clients = await sendAll(sidecar.port, 30);
  await waitFor(async () => (await sidecar.metric("weir_proxy_requests_in_flight")) === 30, {
    what: "all requests",
  });
  await waitFor(() => slow.received.length >= 12, { what: "as many to reach the upstream" });
  released = true;
  for (const socket of slow.sockets) socket.write(ok("late"));
  await waitFor(() => answered(clients, /late$/) === 30, { what: "all to be served" });
  // A worker that found all of them taken may have one of its own.
  expect(slow.sockets.length).toBeLessThanOrEqual(13);
});

test("an endpoint that fails is ejected by the failures that both workers saw", async () => {
  const good = await startFixedServer(ok("x"));
  const bad = await startFixedServer("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
  const sidecar = await startTestWorkers({
    mode: "enforce",
    services: [service("backend", { v1: [good.port, bad.port] })],
    policies: [
      {
        kind: "outlierDetection",
        name: "o",
        targetRef: "backend",
        consecutive5xx: 5,
        maxEjectionPercent: 50,
      },
    ],
  });
  const times = timesOf(await statuses(sidecar.port, 60, 1));
  expect(times.get(500)).toBe(5);
  expect(await sidecar.metric("weir_proxy_ejected_endpoints")).toBe(1);
  expect(await sidecar.metric("weir_proxy_ejections_total")).toBe(1);
});

/** A worker that fails when it is told to. */
const failing = `
  await import(${JSON.stringify(new URL("./worker-main.ts", import.meta.url).href)});
  new BroadcastChannel("fail").onmessage = () => { throw new Error("a bug"); };
`;

test("a worker that fails says so, and takes nothing of what it had counted with it", async () => {
  const app = await startFixedServer(ok("x"));
  const errors: unknown[] = [];
  const log = { ...silentLog, error: (fields: object) => void errors.push(fields) };
  const sidecar = await startTestWorkers(
    { services: [service("backend", { v1: app.port })] },
    { entry: moduleOf(failing), log, beatMs: 60_000 },
  );
  await statuses(sidecar.port, 20);
  const channel = new BroadcastChannel("fail");
  channel.postMessage("now");
  await waitFor(() => errors.length === 2, { what: "both to end" });
  channel.close();
  await sidecar.ready();
  expect(errors).toMatchObject([{ err: { message: "a bug" } }, { err: { message: "a bug" } }]);
  expect(await sidecar.metric("weir_proxy_requests_total")).toBe(20);
  expect(timesOf(await statuses(sidecar.port, 10))).toEqual(new Map([[200, 10]]));
});

/** Says that it has opened its ports, and then nothing more. */
const hanging = `
  import { parentPort } from "node:worker_threads";
  parentPort.once("message", ({ id }) => {
    parentPort.postMessage({ answer: { id } });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

test("a worker that hangs makes the sidecar sick, and is replaced", async () => {
  const sidecar = await startTestWorkers({}, { entry: moduleOf(hanging), beatMs: 30, plain: { drainMs: 0 } });
  expect(await sidecar.page("/healthz")).toBe("ok\n");
  await waitFor(async () => /^worker \d hangs\n/.test(await sidecar.page("/healthz")), {
    what: "the sickness",
  });
  await waitFor(async () => (await sidecar.metric("weir_proxy_worker_restarts_total")) >= 2, {
    what: "both to be replaced",
  });
});
