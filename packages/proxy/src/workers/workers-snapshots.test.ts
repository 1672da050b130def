import type { Snapshot } from "@weir/domain";
import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { resolveConfig } from "../config/resolve-config.ts";
import { connectRaw } from "../testing/raw-client.ts";
import { ok, startFixedServer } from "../testing/raw-server.ts";
import { service } from "../testing/start-test-sidecar.ts";
import { startTestWorkers } from "../testing/start-test-workers.ts";
import { startTestController } from "../testing/test-controller.ts";

function snapshotOf(ports: Readonly<Record<string, number>>): Snapshot {
  const workload = { namespace: "shop", service: "web", version: "v1" };
  const services = [service("backend", ports)];
  const policies = [
    { kind: "canary", name: "c", targetRef: "backend", backends: [{ version: "v1", weight: 100 }] },
  ];
  return resolveConfig({ workload, outbound: { listen: "127.0.0.1:0" }, services, policies }).snapshot;
}

async function bodies(port: number, count: number): Promise<string[]> {
  const request = "GET / HTTP/1.1\r\nHost: backend\r\nConnection: close\r\n\r\n";
  const answers = await Promise.all(Array.from({ length: count }, () => rawHttp(port, request)));
  return answers.map(({ text }) => text.split("\r\n\r\n")[1] ?? "");
}

test("what is acknowledged is in force in all workers, and what one refuses in none", async () => {
  const one = await startFixedServer(ok("one"));
  const two = await startFixedServer(ok("two"));
  const first = snapshotOf({ v1: one.port });
  const second = snapshotOf({ v1: two.port });
  const controller = await startTestController(first);
  const sidecar = await startTestWorkers({
    controller: controller.origin,
    inbound: { listen: "127.0.0.1:0", app: `127.0.0.1:${one.port}` },
  });
  await waitFor(() => controller.acknowledgements.length === 1, { what: "the first acknowledgement" });
  expect(controller.hellos[0]?.inboundAddress).toBe(`127.0.0.1:${sidecar.inbound?.port}`);
  await sidecar.ready();
  for (const [snapshot, body] of [
    [second, "two"],
    [first, "one"],
    [second, "two"],
  ] as const) {
    const before = controller.acknowledgements.length;
    controller.send({ type: "snapshot", snapshot });
    await waitFor(() => controller.acknowledgements.length > before, { what: "the acknowledgement" });
    expect(new Set(await bodies(sidecar.port, 16))).toEqual(new Set([body]));
  }
  const bad = JSON.parse(JSON.stringify(first).replace('"weight":100', '"weight":90')) as Snapshot;
  controller.send({ type: "snapshot", snapshot: { ...bad, version: "bad0bad0bad0bad0" } });
  const refusal = await waitFor(
    () => controller.acknowledgements.find(({ version }) => version === "bad0bad0bad0bad0"),
    {
      what: "the refusal",
    },
  );
  expect(refusal.error).toMatch(/weights must sum to 100, these sum to 90/);
  expect(new Set(await bodies(sidecar.port, 16))).toEqual(new Set(["two"]));
  expect(JSON.parse(await sidecar.page("/snapshot")).version).toBe(second.version);
  expect(await sidecar.metric("weir_proxy_snapshots_total", /accepted/)).toBe(4);
  await sidecar.fleet.end(1);
  await waitFor(() => sidecar.fleet.serving === 1, { what: "one worker to be missed" });
  await sidecar.ready();
  expect(new Set(await bodies(sidecar.port, 16))).toEqual(new Set(["two"]));
});

test("forty snapshots under load lose no request", async () => {
  const one = await startFixedServer(ok("one"));
  const two = await startFixedServer(ok("two"));
  const snapshots = [snapshotOf({ v1: one.port }), snapshotOf({ v1: two.port })];
  const controller = await startTestController(snapshots[0]);
  const sidecar = await startTestWorkers({ controller: controller.origin });
  await sidecar.ready();
  let over = false;
  let sent = 0;
  const load = Array.from({ length: 8 }, async () => {
    const client = await connectRaw(sidecar.port);
    let requests = 0;
    while (!over) {
      client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
      requests++;
      sent++;
      const answers = () => client.text.split(/\r\n\r\n(?:one|two)/).length - 1;
      await waitFor(() => answers() === requests, { what: `answer ${requests}` });
    }
  });
  for (let i = 1; i <= 40; i++) {
    const version = i.toString(16).padStart(16, "0");
    const snapshot = { ...(snapshots[i % 2] as Snapshot), version };
    controller.send({ type: "snapshot", snapshot });
    await waitFor(() => controller.acknowledgements.at(-1)?.version === version, { what: `snapshot ${i}` });
  }
  over = true;
  await Promise.all(load);
  expect(controller.acknowledgements.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(await sidecar.metric("weir_proxy_requests_total", /status="200"/)).toBe(sent);
});
