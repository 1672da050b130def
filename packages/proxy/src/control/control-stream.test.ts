import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Snapshot } from "@weir/domain";
import { freePort, rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, onTestFinished, test } from "vitest";
import { resolveConfig } from "../config/resolve-config.ts";
import { connectRaw } from "../testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";
import { startTestController } from "../testing/test-controller.ts";

function snapshotWith(...services: readonly object[]): Snapshot {
  const workload = { namespace: "shop", service: "web", version: "v1" };
  return resolveConfig({ workload, outbound: { listen: "127.0.0.1:0" }, services }).snapshot;
}

async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "weir-proxy-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function answerOf(port: number): Promise<string> {
  const request = "GET / HTTP/1.1\r\nHost: backend\r\nConnection: close\r\n\r\n";
  return (await rawHttp(port, request)).text.split("\r\n\r\n")[1] ?? "";
}

test("a snapshot is put in force, acknowledged and kept; the next one replaces it between two requests", async () => {
  const one = await startFixedServer(ok("one"));
  const two = await startFixedServer(ok("two"));
  const first = snapshotWith(service("backend", { v1: one.port }));
  const second = snapshotWith(service("backend", { v1: two.port }));
  const controller = await startTestController(first);
  const stateDir = join(await temporaryDirectory(), "deeper");
  const sidecar = await startTestSidecar({
    controller: controller.origin,
    stateDir,
    zone: "a",
    app: one.port,
  });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  expect(controller.hellos[0]).toMatchObject({
    workload: { namespace: "shop", service: "web", version: "v1" },
    inboundAddress: `127.0.0.1:${sidecar.inboundPort}`,
    zone: "a",
  });
  const client = await connectRaw(sidecar.outboundPort);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await client.until(/one$/);
  controller.send({ type: "snapshot", snapshot: second });
  await waitFor(() => controller.acknowledgements.length === 2, { what: "the second acknowledgement" });
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await client.until(/one[\s\S]*two$/);
  const proxyId = controller.hellos[0]?.proxyId;
  expect(controller.acknowledgements).toEqual([first, second].map(({ version }) => ({ proxyId, version })));
  await waitFor(
    async () => (await readFile(join(stateDir, "snapshot.json"), "utf8")).includes(second.version),
    {
      what: "the snapshot on disk",
    },
  );
  expect(await readdir(stateDir)).toEqual(["snapshot.json"]);
});

test.each`
  what                    | change                                                         | reason
  ${"an unknown key"}     | ${(s: Snapshot) => ({ ...s, more: 1 })}                        | ${/snapshot\.more: is not known here/}
  ${"no services"}        | ${(s: Snapshot) => ({ ...s, content: { namespace: "shop" } })} | ${/content\.services: is missing/}
  ${"weights of 90"}      | ${(s: Snapshot) => withCanary(s, 90)}                          | ${/weights must sum to 100, these sum to 90/}
  ${"an impossible port"} | ${(s: Snapshot) => withAddress(s, "127.0.0.1:99999")}          | ${/127\.0\.0\.1:99999 is not host:port/}
`("a snapshot with $what is refused, and the one before stays in force", async ({ change, reason }) => {
  const upstream = await startFixedServer(ok("still"));
  const good = snapshotWith(service("backend", { v1: upstream.port }));
  const controller = await startTestController(good);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  controller.send({ type: "snapshot", snapshot: change({ ...good, version: "0123456789abcdef" }) });
  await waitFor(() => controller.acknowledgements.length === 2, { what: "the refusal" });
  expect(controller.acknowledgements[1]).toMatchObject({
    version: "0123456789abcdef",
    error: expect.stringMatching(reason),
  });
  expect(await answerOf(sidecar.outboundPort)).toBe("still");
  expect(JSON.parse(await sidecar.page("/snapshot"))).toEqual(good);
});

/** What makes the second of the first, as the controller tells it; both have one service, of one name. */
function changeOf({ version: from }: Snapshot, { version, content }: Snapshot): object {
  return { type: "change", change: { from, version, services: content.services, removed: [] } };
}

test("a change makes the next snapshot of the last one, also of one that was refused", async () => {
  const one = await startFixedServer(ok("one"));
  const two = await startFixedServer(ok("two"));
  const first = snapshotWith(service("backend", { v1: one.port }));
  const second = snapshotWith(service("backend", { v1: two.port }));
  const bad = withAddress(first, "127.0.0.1:99999") as Snapshot;
  const refused = { ...bad, version: "0123456789abcdef" };
  const controller = await startTestController(first);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  controller.send(changeOf(first, second));
  await waitFor(() => controller.acknowledgements.length === 2, { what: "the second acknowledgement" });
  expect(await answerOf(sidecar.outboundPort)).toBe("two");
  expect(JSON.parse(await sidecar.page("/snapshot"))).toEqual(second);
  controller.send({ type: "snapshot", snapshot: refused });
  controller.send(changeOf(refused, first));
  await waitFor(() => controller.acknowledgements.length === 4, { what: "what came after the refused one" });
  expect(await answerOf(sidecar.outboundPort)).toBe("one");
  const { hellos, acknowledgements } = controller;
  expect(acknowledgements.map(({ version, error }) => [version, error === undefined])).toEqual([
    [first.version, true],
    [second.version, true],
    [refused.version, false],
    [first.version, true],
  ]);
  expect(hellos.map(({ takesChanges }) => takesChanges)).toEqual([true]);
});

test("a sidecar that held the snapshot before it came back takes a change of that one", async () => {
  const [one, two] = [await startFixedServer(ok("one")), await startFixedServer(ok("two"))];
  const first = snapshotWith(service("backend", { v1: one.port }));
  const second = snapshotWith(service("backend", { v1: two.port }));
  const stateDir = await temporaryDirectory();
  await writeFile(join(stateDir, "snapshot.json"), JSON.stringify(first));
  const controller = await startTestController(undefined);
  const sidecar = await startTestSidecar({ controller: controller.origin, stateDir });
  await waitFor(() => controller.hellos[0], { what: "the sidecar to come" });
  controller.send({ type: "current", version: first.version });
  controller.send(changeOf(first, second));
  await waitFor(() => controller.acknowledgements[0], { what: "the acknowledgement" });
  expect(controller.acknowledgements[0]).toMatchObject({ version: second.version });
  expect(await answerOf(sidecar.outboundPort)).toBe("two");
});

test("a sidecar that has put another snapshot in force than the one it said comes again", async () => {
  const upstream = await startFixedServer(ok("one"));
  const first = snapshotWith(service("backend", { v1: upstream.port }));
  const controller = await startTestController(first);
  await startTestSidecar({ controller: controller.origin });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the acknowledgement" });
  controller.send({ type: "current", version: "fedcba9876543210" });
  await waitFor(() => controller.hellos.length === 2, { what: "the sidecar to come again" });
  expect(controller.hellos[1]?.snapshotVersion).toBe(first.version);
});

test.each`
  what                                 | change
  ${"of another snapshot"}             | ${(first: Snapshot, second: Snapshot) => changeOf({ ...first, version: "fedcba9876543210" }, second)}
  ${"that makes another than it says"} | ${(first: Snapshot, second: Snapshot) => changeOf(first, { ...second, version: "fedcba9876543210" })}
  ${"of another shape"}                | ${({ version: from }: Snapshot) => ({ type: "change", change: { from, version: from } })}
  ${"that is nothing"}                 | ${() => ({ type: "change" })}
`("after a change $what the whole is asked for, and the one before serves", async ({ change }) => {
  const upstream = await startFixedServer(ok("still"));
  const first = snapshotWith(service("backend", { v1: upstream.port }));
  const second = snapshotWith(service("backend", { v2: upstream.port }));
  const controller = await startTestController(first);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  controller.send(change(first, second));
  await waitFor(() => controller.hellos.length === 2, { what: "the sidecar to come again" });
  expect(controller.hellos[1]).toMatchObject({ takesChanges: false, snapshotVersion: first.version });
  expect(await answerOf(sidecar.outboundPort)).toBe("still");
  expect(JSON.parse(await sidecar.page("/snapshot"))).toEqual(first);
});

function withCanary(snapshot: Snapshot, weight: number): unknown {
  const policy = {
    kind: "canary",
    name: "c",
    namespace: "shop",
    targetRef: "backend",
    mode: "observe",
    revision: 1,
  };
  const policies = [{ ...policy, backends: [{ version: "v1", weight }] }];
  const [first] = snapshot.content.services;
  return { ...snapshot, content: { ...snapshot.content, services: [{ ...first, policies }] } };
}

function withAddress(snapshot: Snapshot, address: string): unknown {
  const [first] = snapshot.content.services;
  const services = [{ ...first, endpoints: [{ address, version: "v1" }] }];
  return { ...snapshot, content: { ...snapshot.content, services } };
}

test("with the controller away at start, the snapshot on disk serves at once", async () => {
  const upstream = await startFixedServer(ok("kept"));
  const stateDir = await temporaryDirectory();
  const kept = snapshotWith(service("backend", { v1: upstream.port }));
  await writeFile(join(stateDir, "snapshot.json"), JSON.stringify(kept));
  const port = await freePort();
  const sidecar = await startTestSidecar({ controller: `http://127.0.0.1:${port}`, stateDir });
  expect(await sidecar.page("/readyz")).toBe("ready\n");
  expect(await answerOf(sidecar.outboundPort)).toBe("kept");
  const controller = await startTestController(undefined, port);
  await waitFor(() => controller.hellos[0], { what: "the sidecar to find the controller" });
  expect(controller.hellos[0]?.snapshotVersion).toBe(kept.version);
});

test.each`
  what                      | content
  ${"cut off"}              | ${'{"version":"0123'}
  ${"of another shape"}     | ${'{"version":"0123456789abcdef","content":{}}'}
  ${"not to be compiled"}   | ${JSON.stringify(withAddress(snapshotWith(service("backend", { v1: 1 })), "127.0.0.1:99999"))}
  ${"of another namespace"} | ${'{"version":"0123456789abcdef","content":{"namespace":"bank","services":[]}}'}
`("a snapshot on disk that is $what is not used", async ({ content }) => {
  const stateDir = await temporaryDirectory();
  await writeFile(join(stateDir, "snapshot.json"), content);
  const sidecar = await startTestSidecar({ controller: `http://127.0.0.1:${await freePort()}`, stateDir });
  expect(await sidecar.page("/readyz")).toBe("not ready: no snapshot from the controller yet\n");
});

test("a controller that is killed is found again within a second, and all the while the sidecar serves", async () => {
  const upstream = await startFixedServer(ok("served"));
  const snapshot = snapshotWith(service("backend", { v1: upstream.port }));
  const controller = await startTestController(snapshot);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  await controller.kill();
  expect(await answerOf(sidecar.outboundPort)).toBe("served");
  const again = await startTestController(snapshot, controller.port);
  await waitFor(() => again.hellos[0], { timeoutMs: 1000, what: "the sidecar to come back" });
  expect(again.hellos[0]).toMatchObject({
    proxyId: controller.hellos[0]?.proxyId,
    snapshotVersion: snapshot.version,
  });
});

test("an origin that answers with a page of text is asked again once for each answer, not once for each line", async () => {
  const page = "<html>\n<body>\nno controller here\n</body>\n</html>\n";
  const streams: number[] = [];
  const web = await startRawServer((text, socket) => {
    if (!text.endsWith("}")) return undefined;
    streams.push(performance.now());
    socket.end(ok(page.repeat(4)));
    return undefined;
  });
  const warnings: string[] = [];
  const warn = (_fields: object, message: string) => void warnings.push(message);
  const log = { debug: () => undefined, info: () => undefined, warn, error: () => undefined };
  await startTestSidecar({ controller: `http://127.0.0.1:${web.port}` }, { log, random: () => 0 });
  const told = () => warnings.filter((message) => message.includes("not JSON")).length;
  await waitFor(() => told() >= 4, { what: "the answer to the fourth attempt" });
  expect([told(), streams.length]).toEqual([4, 4]);
  // Back-off of 50, 100 and 200 ms at the least jitter; a timer for each line would be there at once.
  expect((streams[3] ?? 0) - (streams[0] ?? 0)).toBeGreaterThan(300);
});
