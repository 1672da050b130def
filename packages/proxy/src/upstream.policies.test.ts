import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";
import { startPolicyMesh } from "./testing/policy-mesh.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "./testing/raw-server.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { service } from "./testing/start-test-sidecar.ts";

const breaker = (limits: Record<string, number>) => ({ kind: "circuitBreaker", name: "b", ...limits });
const balancer = (spec: Record<string, unknown>) => ({ kind: "loadBalancer", name: "lb", ...spec });
const outlier = (spec: Record<string, unknown>) => ({ kind: "outlierDetection", name: "o", ...spec });

/** A server that holds what it is asked until it is told. */
async function startHolding() {
  const waiting: (() => void)[] = [];
  const server = await startRawServer((_text, socket) => {
    waiting.push(() => void socket.write(ok("held")));
    return undefined;
  });
  return { ...server, waiting };
}

test("one request too many: 503 UO, and in observe it passes", async () => {
  for (const mode of ["enforce", "observe"] as const) {
    const upstream = await startHolding();
    const config = { services: [service("backend", { v1: upstream.port })] };
    const mesh = await startPolicyMesh({ mode, policies: [breaker({ maxRequests: 1 })], config });
    const first = mesh.ask();
    await waitFor(() => upstream.waiting.length === 1, { what: "the first request" });
    const second = mesh.ask();
    if (mode === "enforce") expect(await second).toMatchObject({ status: 503, flag: "UO" });
    else await waitFor(() => upstream.waiting.length === 2, { what: "the second request" });
    for (const answer of upstream.waiting.splice(0)) answer();
    expect((await first).status).toBe(200);
    const third = mesh.ask();
    await waitFor(() => upstream.waiting.length === 1, {
      what: "the third request, for there is room again",
    });
    upstream.waiting[0]?.();
    expect((await third).status).toBe(200);
    await second;
    const acted = mode === "enforce" ? "!" : "";
    expect((await mesh.decisions(3)).flat().sort()).toEqual([
      "b allow",
      "b allow",
      `b overflow=requests${acted}`,
    ]);
  }
});

test("beyond its connections a request waits for one, and beyond those that may wait is 503 UO", async () => {
  const upstream = await startHolding();
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [breaker({ maxConnections: 1, maxPendingRequests: 1 })],
    config: { services: [service("backend", { v1: upstream.port })] },
  });
  const first = mesh.ask();
  await waitFor(() => upstream.waiting.length === 1, { what: "the first request" });
  const later = [mesh.ask(), mesh.ask()];
  const refused = await Promise.race(later);
  expect(refused).toMatchObject({ status: 503, flag: "UO" });
  upstream.waiting[0]?.();
  await waitFor(() => upstream.waiting.length === 2, {
    what: "the second request, on the connection of the first",
  });
  upstream.waiting[1]?.();
  expect((await first).status).toBe(200);
  expect((await Promise.all(later)).map(({ status }) => status).sort()).toEqual([200, 503]);
  expect(upstream.sockets).toHaveLength(1);
  const said = (await mesh.decisions(3)).flat().sort();
  expect(said).toEqual(["b allow", "b overflow=connections!", "b overflow=pending!"]);
});

test("a caller that goes away while it waits for a connection leaves its turn to the next", async () => {
  const upstream = await startHolding();
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [breaker({ maxConnections: 1 })],
    config: { services: [service("backend", { v1: upstream.port })] },
  });
  const first = mesh.ask();
  await waitFor(() => upstream.waiting.length === 1, { what: "the first request" });
  const leaving = await connectRaw(mesh.sidecar.outboundPort);
  leaving.send("GET /leaving HTTP/1.1\r\nHost: backend\r\n\r\n");
  const inFlight = (count: number) =>
    waitFor(async () => (await mesh.sidecar.page("/metrics")).includes(`requests_in_flight ${count}\n`), {
      what: `${count} requests`,
    });
  await inFlight(2);
  const last = mesh.ask();
  await inFlight(3);
  leaving.socket.resetAndDestroy();
  await inFlight(2);
  upstream.waiting[0]?.();
  await waitFor(() => upstream.waiting.length === 2, { what: "the last request" });
  upstream.waiting[1]?.();
  expect([(await first).status, (await last).status]).toEqual([200, 200]);
  expect(upstream.received.join("")).not.toContain("/leaving");
});

test("no request may wait for a connection: 503 UO until there is one", async () => {
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [breaker({ maxPendingRequests: 0 })] });
  expect(await mesh.ask()).toMatchObject({ status: 503, flag: "UO" });
  expect(await mesh.decisions(1)).toEqual([["b overflow=pending!"]]);
});

/** Endpoints that answer with their own number. */
async function startEndpoints(count: number, answer: (index: number) => string = (index) => ok(`${index}`)) {
  const servers = [];
  for (let index = 0; index < count; index++) servers.push(await startFixedServer(answer(index)));
  return servers;
}

test.each`
  spec                                                     | how
  ${{ algorithm: "maglev", hashOn: { header: "X-User" } }} | ${"a header, by Maglev"}
  ${{ algorithm: "ringHash", hashOn: { cookie: "user" } }} | ${"a cookie, on a ring"}
  ${{ algorithm: "ringHash", hashOn: { query: "user" } }}  | ${"a query, on a ring"}
`(
  "the same user goes to the same endpoint, told by $how; in observe wherever there is room",
  async ({ spec }) => {
    const servers = await startEndpoints(5);
    const config = { services: [service("backend", { v1: servers.map(({ port }) => port) })] };
    for (const mode of ["enforce", "observe"] as const) {
      const settings = { random: seededRandom(3) };
      const mesh = await startPolicyMesh({ mode, policies: [balancer(spec)], config, settings });
      const reached = new Set<string>();
      for (let i = 0; i < 12; i++) {
        const { text } = await mesh.ask("GET /?user=ann HTTP/1.1\r\nX-User: ann\r\nCookie: user=ann\r\n");
        reached.add(text.slice(-1));
      }
      expect(reached.size === 1).toBe(mode === "enforce");
      const said = new Set((await mesh.decisions(12)).flat());
      expect([...said].sort()).toEqual(
        mode === "enforce" ? ["lb host=other!", "lb host=same"] : ["lb host=other", "lb host=same"],
      );
    }
  },
);

test("round robin reaches each endpoint in turn", async () => {
  const servers = await startEndpoints(3);
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [balancer({ algorithm: "roundRobin" })],
    config: { services: [service("backend", { v1: servers.map(({ port }) => port) })] },
  });
  const reached: string[] = [];
  for (let i = 0; i < 6; i++) reached.push((await mesh.ask()).text.slice(-1));
  expect(reached.slice(3)).toEqual(reached.slice(0, 3));
  expect(new Set(reached).size).toBe(3);
});

test("endpoints of the own zone are preferred", async () => {
  const servers = await startEndpoints(4);
  const endpoints = servers.map(({ port }, index) => ({
    address: `127.0.0.1:${port}`,
    version: "v1",
    zone: index < 2 ? "here" : "there",
  }));
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [balancer({ algorithm: "leastRequest", zonePreference: true })],
    config: { zone: "here", services: [{ name: "backend", endpoints }] },
    settings: { random: seededRandom(9) },
  });
  const reached = new Set<string>();
  for (let i = 0; i < 20; i++) reached.add((await mesh.ask()).text.slice(-1));
  expect([...reached].sort()).toEqual(["0", "1"]);
});

const bad = "HTTP/1.1 500 X\r\nContent-Length: 1\r\n\r\n!";

test("an endpoint that fails is left out, comes back, and is counted; in observe it is only told", async () => {
  for (const mode of ["enforce", "observe"] as const) {
    const servers = await startEndpoints(3, (index) => (index === 0 ? bad : ok(`${index}`)));
    let ahead = 0;
    const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + ahead };
    const baseEjectionMs = 60_000;
    const mesh = await startPolicyMesh({
      mode,
      policies: [outlier({ consecutive5xx: 2, maxEjectionPercent: 50, intervalMs: 50, baseEjectionMs })],
      config: { services: [service("backend", { v1: servers.map(({ port }) => port) })] },
      settings: { random: seededRandom(5), clock },
    });
    const failures = async (requests: number) => {
      let count = 0;
      for (let i = 0; i < requests; i++) if ((await mesh.ask()).status === 500) count++;
      return count;
    };
    await waitFor(
      async () => {
        await failures(1);
        return (await mesh.sidecar.page("/metrics")).includes('reason="consecutive5xx"} 1');
      },
      {
        what: "the ejection",
      },
    );
    await expect.poll(() => mesh.sidecar.page("/metrics")).toContain("weir_proxy_ejected_endpoints 1");
    const since = await failures(20);
    if (mode === "enforce") expect(since).toBe(0);
    else expect(since).toBeGreaterThan(0);
    const verdict = mode === "enforce" ? "o eject!" : "o eject";
    const metrics = async () => await mesh.sidecar.page("/metrics");
    expect((await mesh.decisions(20)).flat()).toContain(verdict);
    ahead = baseEjectionMs;
    await waitFor(async () => (await metrics()).includes('reason="returned"} 1'), { what: "the return" });
  }
});

test("when too few are healthy, all are used", async () => {
  const servers = await startEndpoints(3, (index) => (index < 2 ? bad : ok(`${index}`)));
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [outlier({ consecutive5xx: 1, maxEjectionPercent: 100 })],
    config: { services: [service("backend", { v1: servers.map(({ port }) => port) })] },
    // Of any twenty draws one in three thousand times none is the third endpoint's.
    settings: { random: seededRandom(7) },
  });
  await waitFor(
    async () => {
      await mesh.ask();
      return (await mesh.sidecar.page("/metrics")).includes("weir_proxy_ejected_endpoints 2");
    },
    { what: "both to be ejected" },
  );
  const statuses = new Set<number>();
  for (let i = 0; i < 20; i++) statuses.add((await mesh.ask()).status);
  expect([...statuses].sort()).toEqual([200, 500]);
});

test("a caller that goes away gives its place back", async () => {
  const upstream = await startHolding();
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [breaker({ maxRequests: 1 })],
    config: { services: [service("backend", { v1: upstream.port })] },
  });
  const client = await connectRaw(mesh.sidecar.outboundPort);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await waitFor(() => upstream.waiting.length === 1, { what: "the request" });
  client.socket.resetAndDestroy();
  await mesh.flags(1);
  const next = mesh.ask();
  await waitFor(() => upstream.waiting.length === 2, { what: "the next request" });
  upstream.waiting[1]?.();
  expect((await next).status).toBe(200);
});
