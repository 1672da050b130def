import { createHash } from "node:crypto";
import type { Snapshot } from "@weir/domain";
import { freePort, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw, type RawClient } from "./testing/raw-client.ts";
import { ok, type RawServer, startRawServer } from "./testing/raw-server.ts";
import { startTestSidecar } from "./testing/start-test-sidecar.ts";
import { startTestController, type TestController } from "./testing/test-controller.ts";

const body = "x".repeat(20_000);

/** Answers every request with a body of that length, and tells which. */
function startTaking(): Promise<RawServer> {
  const taken = new Map<number, number>();
  return startRawServer((text, _socket, connection) => {
    const whole = text.split(body).length - 1;
    const before = taken.get(connection) ?? 0;
    taken.set(connection, whole);
    return whole > before ? ok("got").repeat(whole - before) : undefined;
  });
}

function snapshotOf(ports: readonly number[], policies: readonly object[]): Snapshot {
  const content = {
    namespace: "shop",
    services: [
      {
        namespace: "shop",
        name: "backend",
        hosts: ["backend"],
        protocol: "http",
        mode: "enforce",
        stableVersion: "v1",
        endpoints: ports.map((port) => ({ address: `127.0.0.1:${port}`, version: "v1" })),
        policies: policies.map((policy) => ({
          namespace: "shop",
          targetRef: "backend",
          mode: "enforce",
          revision: 1,
          ...policy,
        })),
      },
    ],
  };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
  return { version, content } as Snapshot;
}

const policiesOf = (turn: number): object[] => [
  { kind: "circuitBreaker", name: "breaker", maxRequests: 100 + turn },
  { kind: "outlierDetection", name: "outliers" },
  { kind: "loadBalancer", name: "balancer", algorithm: turn % 2 === 0 ? "roundRobin" : "peakEwma" },
  {
    kind: "route",
    name: "route",
    rules: [
      {
        timeoutMs: 60_000 + turn,
        retry: { on: ["connect-failure"], attempts: 1 },
        ...(turn % 3 === 0 ? { requestHeaders: { set: [{ name: "X-Turn", value: `${turn}` }] } } : {}),
      },
    ],
  },
];

async function startUnder(first: Snapshot) {
  const controller = await startTestController(first);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await acknowledged(controller, first);
  return { controller, sidecar };
}

async function acknowledged({ acknowledgements }: TestController, { version }: Snapshot) {
  return waitFor(() => acknowledgements.find((ack) => ack.version === version), {
    what: `the answer to ${version}`,
  });
}

const post = `POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: ${body.length}\r\n\r\n`;

/** Sends requests one after another on one connection until told to stop; how many were answered. */
async function keepAsking(client: RawClient, going: () => boolean): Promise<number> {
  let asked = 0;
  for (; going(); asked++) {
    const length = client.text.length;
    client.send(post + body.slice(0, 9_000));
    await new Promise(setImmediate);
    client.send(body.slice(9_000));
    await waitFor(() => client.text.slice(length).endsWith("got"), { what: `answer ${asked}` });
    expect(client.closed).toBe(false);
  }
  return asked;
}

test("fifty snapshots come into force under load: no request is lost and no connection dropped", async () => {
  const upstreams = [await startTaking(), await startTaking(), await startTaking()];
  const ports = upstreams.map(({ port }) => port);
  const { controller, sidecar } = await startUnder(snapshotOf(ports, policiesOf(0)));
  const clients = await Promise.all(Array.from({ length: 8 }, () => connectRaw(sidecar.outboundPort)));
  let going = true;
  const asking = clients.map((client) => keepAsking(client, () => going));
  for (let turn = 1; turn <= 50; turn++) {
    // One of the endpoints is left out each time, and another is back.
    const snapshot = snapshotOf(
      ports.filter((_, index) => index !== turn % 3),
      policiesOf(turn),
    );
    controller.send({ type: "snapshot", snapshot });
    expect(await acknowledged(controller, snapshot)).not.toHaveProperty("error");
  }
  going = false;
  const asked = (await Promise.all(asking)).reduce((sum, count) => sum + count, 0);
  const answers = clients.reduce((sum, { text }) => sum + text.split("HTTP/1.1 200 OK\r\n").length - 1, 0);
  expect(asked).toBeGreaterThan(clients.length);
  expect(answers).toBe(asked);
  expect(upstreams.reduce((sum, { received }) => sum + received.join("").split(body).length - 1, 0)).toBe(
    asked,
  );
});

test("an endpoint that is removed finishes what it has, keeps no connection and gets nothing more", async () => {
  const [leaving, staying] = [await startTaking(), await startTaking()];
  const { controller, sidecar } = await startUnder(snapshotOf([leaving.port], []));
  const [busy, idle] = [await connectRaw(sidecar.outboundPort), await connectRaw(sidecar.outboundPort)];
  busy.send(post + body.slice(0, 100));
  idle.send(post + body);
  await idle.until(/got$/);
  await waitFor(() => leaving.received.length === 2, { what: "both requests" });
  const without = snapshotOf([staying.port], []);
  controller.send({ type: "snapshot", snapshot: without });
  await acknowledged(controller, without);
  await waitFor(() => leaving.sockets.some((socket) => socket.readableEnded || socket.destroyed), {
    what: "the idle connection to be closed",
  });
  idle.send(post + body);
  await idle.until(/got[\s\S]*got$/);
  busy.send(body.slice(100));
  await busy.until(/got$/);
  await waitFor(() => leaving.sockets.every((socket) => socket.readableEnded || socket.destroyed), {
    what: "the other connection to be closed",
  });
  expect(staying.received.join("").split(body)).toHaveLength(2);
});

test("what a breaker and a limit have counted outlives a snapshot", async () => {
  const upstream = await startRawServer(() => ok("x"));
  const limit = { kind: "rateLimit", name: "l", maxTokens: 2, tokensPerFill: 1, fillIntervalMs: 3_600_000 };
  const withLimit = (more: object[]) => {
    const { content } = snapshotOf([upstream.port], [limit, ...more]);
    const services = content.services.map((service) => ({ ...service, admission: "caller" as const }));
    const version = createHash("sha256").update(JSON.stringify(services)).digest("hex").slice(0, 16);
    return { version, content: { ...content, services } };
  };
  const { controller, sidecar } = await startUnder(withLimit([]));
  const client = await connectRaw(sidecar.outboundPort);
  const get = "GET / HTTP/1.1\r\nHost: backend\r\n\r\n";
  client.send(get);
  await client.until(/x$/);
  const next = withLimit([{ kind: "circuitBreaker", name: "b" }]);
  controller.send({ type: "snapshot", snapshot: next });
  await acknowledged(controller, next);
  client.send(get + get);
  await client.until(/HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 429 /);
});

const regex = "(a)\\1";
test.each`
  policy                                                                                 | why
  ${{ kind: "route", name: "r", rules: [{ match: [{ path: { regex } }] }] }}             | ${"a regex that linear time cannot match"}
  ${{ kind: "canary", name: "c", backends: [{ version: "v1", weight: 30 }] }}            | ${"weights that are not a whole"}
  ${{ kind: "rateLimit", name: "l", maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1 }} | ${"a limit out of its range"}
  ${{ kind: "loadBalancer", name: "b", algorithm: "dice" }}                              | ${"an algorithm that there is not"}
  ${{ kind: "authorization", name: "a", action: "perhaps", rules: [] }}                  | ${"an action that there is not"}
  ${{ kind: "circuitBreaker", name: "b", maxRequests: -1 }}                              | ${"a limit below nothing"}
  ${{ kind: "outlierDetection", name: "o", maxEjectionPercent: 101 }}                    | ${"more than all of them"}
`("a snapshot with $why is refused, and the one before serves on", async ({ policy }) => {
  const upstream = await startRawServer(() => ok("x"));
  const { controller, sidecar } = await startUnder(snapshotOf([upstream.port], []));
  const refused = snapshotOf([await freePort()], [policy]);
  controller.send({ type: "snapshot", snapshot: refused });
  expect(await acknowledged(controller, refused)).toHaveProperty("error");
  const client = await connectRaw(sidecar.outboundPort);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await client.until(/x$/);
});
