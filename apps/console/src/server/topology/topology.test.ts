import type { EdgePoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { unpackMap } from "./packed-map.ts";

let mesh: ConsoleForTest;
const nowMs = Date.now();
const outside = { namespace: "", service: "outside", version: "" };
const end = (service: string, version = "v1") => ({ namespace: "shop", service, version });

beforeAll(async () => {
  mesh = await consoleForTest();
  await mesh.config.registerSidecar(
    {
      proxyId: "idle-v1",
      workload: { namespace: "shop", service: "idle", version: "v1" },
      inboundAddress: "127.0.0.1:9001",
      release: "0.1.0",
    },
    { controllerId: "test", leaseMs: 600_000 },
  );
  await mesh.commit({
    edgePoints: [
      measured("destination", outside, end("web"), 2, 20),
      measured("source", end("web"), end("payments", "v1"), 2, 27),
      measured("source", end("web"), end("payments", "v2"), 5, 3),
      measured("destination", end("web"), end("payments", "v1"), 2, 27),
    ],
  });
});
afterAll(() => mesh.close());

function measured(
  reporter: "source" | "destination",
  source: EdgePoint["source"],
  destination: EdgePoint["destination"],
  statusClass: number,
  requests: number,
): EdgePoint {
  return {
    ...{ timeMs: nowMs - 30_000, reporter, source, destination, statusClass, requests },
    ...{ protocol: "http", method: "GET", flag: "", requestBytes: 10, responseBytes: 20 },
    durationSumSeconds: requests * 0.01,
    histogram: { indexes: [-106], counts: [requests] },
    exemplars: [],
  };
}

const at = () => mesh.as({ now: () => nowMs });

test("the map has what was measured and what only registered", async () => {
  const view = unpackMap(await at().topology.get({ window: "5m" }));
  expect(view.nodes.map((node) => `${node.id} ${node.kind} ${node.requests}`)).toEqual([
    "/outside outside 0",
    "shop/idle service 0",
    "shop/payments seen 30",
    "shop/web seen 20",
  ]);
  expect(view.edges.map((edge) => [edge.id, edge.requests, edge.errors]).sort()).toEqual([
    ["/outside~shop/web", 20, 0],
    ["shop/web~shop/payments", 30, 3],
  ]);
  expect(view.newestAtMs).toBeGreaterThan(nowMs - 60_000);
});

test.each`
  window   | slots
  ${"1m"}  | ${6}
  ${"5m"}  | ${30}
  ${"15m"} | ${45}
`("charts of $window have $slots intervals, and their sum is the whole", async ({ window, slots }) => {
  const ends = {
    source: { namespace: "shop", service: "web" },
    destination: { namespace: "shop", service: "payments" },
  };
  for (const signals of [
    await at().topology.ofEdge({ ...ends, window }),
    await at().topology.ofNode({ place: ends.destination, window }),
  ]) {
    // One more where the window begins inside an interval: these start at whole multiples of their length.
    expect([slots, slots + 1]).toContain(signals.slots.length);
    expect(signals.slots.reduce((sum, slot) => sum + slot.requests, 0)).toBe(30);
    expect(signals.whole).toMatchObject({ requests: 30, errors: 3 });
    expect(signals.whole?.p99).toBeCloseTo(0.0103, 3);
  }
});

test("services are listed with their signals; one without traffic has none", async () => {
  const rows = await at().services.list({ window: "5m" });
  expect(rows.map((row) => [row.name, row.requests, row.p99 === undefined])).toEqual([
    ["idle", 0, true],
    ["payments", 30, false],
    ["web", 20, false],
  ]);
});

test("by namespace the map has one node each, which tells what goes on inside; opened, its services", async () => {
  const closed = unpackMap(await at().topology.get({ window: "5m", by: "namespace" }));
  expect(closed.nodes.map((node) => [node.id, node.kind, node.requests, node.services])).toEqual([
    ["/outside", "outside", 0, undefined],
    ["shop/*", "namespace", 50, 3],
  ]);
  expect(closed.nodes[1]?.errors).toBe(3);
  expect(closed.nodes[1]?.insideRps).toBeCloseTo((closed.nodes[1]?.rps ?? 0) * 0.6);
  expect(closed.edges.map(({ id, requests }) => [id, requests])).toEqual([["/outside~shop/*", 20]]);
  const opened = unpackMap(await at().topology.get({ window: "5m", by: "namespace", toggled: ["shop"] }));
  const plain = unpackMap(await at().topology.get({ window: "5m" }));
  expect(opened.nodes.map(({ id }) => id)).toEqual(plain.nodes.map(({ id }) => id));
  expect(opened.edges.map(({ id, requests, p99 }) => [id, requests, p99])).toEqual(
    plain.edges.map(({ id, requests, p99 }) => [id, requests, p99]),
  );
});

test("by version every version is a node, also the one that nobody called", async () => {
  const { nodes, edges } = unpackMap(await at().topology.get({ window: "5m", by: "version" }));
  expect(nodes.map((node) => [node.id, node.version, node.requests, node.share])).toEqual([
    ["/outside", undefined, 0, undefined],
    ["shop/idle@v1", "v1", 0, undefined],
    ["shop/payments@v1", "v1", 27, 0.9],
    ["shop/payments@v2", "v2", 3, 0.1],
    ["shop/web@v1", "v1", 20, 1],
  ]);
  expect(edges.map(({ id, requests, errors }) => [id, requests, errors])).toEqual([
    ["/outside~shop/web@v1", 20, 0],
    ["shop/web@v1~shop/payments@v1", 27, 0],
    ["shop/web@v1~shop/payments@v2", 3, 3],
  ]);
});

test.each`
  place                                                        | requests
  ${{ namespace: "shop" }}                                     | ${50}
  ${{ namespace: "shop", service: "payments", version: "v2" }} | ${3}
`("the course of $place over time", async ({ place, requests }) => {
  const { whole } = await at().topology.ofNode({ place, window: "5m" });
  expect(whole.requests).toBe(requests);
});
