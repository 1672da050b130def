import { metricNames } from "@weir/domain";
import type { EdgePoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
const nowMs = Date.now();
const outside = { namespace: "", service: "outside", version: "" };
const end = (service: string, version = "v1") => ({ namespace: "shop", service, version });
/** Longer than names are kept, with what could close an element, a slash, and a direction of its own. */
const hostile = `<b>חנות/🛒</b>${"x".repeat(300)}`;
const kept = hostile.slice(0, 255);
const of = (service: string, window: "5m" | "1h" = "5m") => ({
  service: { namespace: "shop", service },
  window,
});

beforeAll(async () => {
  mesh = await consoleForTest();
  for (const version of ["v1", "v2"])
    await mesh.config.registerSidecar(
      {
        ...{ proxyId: `payments-${version}`, workload: { namespace: "shop", service: "payments", version } },
        ...{ inboundAddress: `127.0.0.1:900${version.slice(1)}`, release: "0.1.0" },
      },
      { controllerId: "test", leaseMs: 600_000 },
    );
  const backends = [
    { version: "v1", weight: 90 },
    { version: "v2", weight: 10 },
  ];
  await mesh.config.putPolicy(
    { kind: "canary", namespace: "shop", name: "payments-canary", targetRef: "payments", backends },
    { author: "ada" },
  );
  const decided = { kind: "canary", revision: 1, namespace: "shop", name: "payments-canary" };
  await mesh.commit({
    edgePoints: [
      measured("destination", outside, end("payments"), 5),
      measured("source", end("web"), end("payments"), 40),
      measured("destination", end("web"), end("payments"), 48),
      measured("source", end("payments"), end("payments", "v2"), 10),
      measured("source", end("payments"), end(hostile), 7),
    ],
    decisionPoints: [policyPoint(decided, 50), policyPoint({ ...decided, name: "removed" }, 3)],
    accessLogs: [request("source"), request("destination"), request("destination")],
    metricPoints: [
      {
        ...{ timeMs: nowMs - 30_000, service: { namespace: "shop", name: "payments", version: "v1" } },
        ...{ resource: {}, name: metricNames.overhead, unit: "s", kind: "exponential-histogram/delta" },
        attributes: { "weir.reporter": "destination" },
        histogram: { zeroCount: 0, positive: { indexes: [-160], counts: [53] } },
      },
    ],
  });
  await mesh.commit({ edgePoints: [measured("source", end("web"), end("quiet"), 1, nowMs - 1_800_000)] });
});
afterAll(() => mesh.close());

function measured(
  reporter: "source" | "destination",
  source: EdgePoint["source"],
  destination: EdgePoint["destination"],
  requests: number,
  timeMs = nowMs - 30_000,
): EdgePoint {
  return {
    ...{ timeMs, reporter, source, destination, statusClass: 2, requests },
    ...{ protocol: "http", method: "GET", flag: "", requestBytes: 10, responseBytes: 20 },
    ...{ durationSumSeconds: requests * 0.01, exemplars: [] },
    histogram: { indexes: [-106], counts: [requests] },
  };
}

function policyPoint(policy: { kind: string; revision: number; namespace: string; name: string }, n: number) {
  return {
    ...{ timeMs: nowMs - 30_000, policy, mode: "observe" as const, verdict: "version=v2" },
    ...{ source: end("web"), destination: end("payments"), evaluated: n, wouldAct: n, acted: 0 },
  };
}

function request(reporter: "source" | "destination") {
  return {
    ...{ timeNs: BigInt(nowMs - 30_000) * 1_000_000n, reporter, status: 200, flag: "", protocol: "http" },
    ...{ source: end("web"), destination: end("payments"), method: "POST", path: "/charge" },
    ...{ durationNs: 5_000_000n, upstreamNs: 4_000_000n, requestBytes: 1, responseBytes: 1, decisions: [] },
  };
}

const services = () => mesh.as({ now: () => nowMs }).services;

test("a service has its callers with both sides' counts, itself among them, and whom it calls", async () => {
  const { node, callers, callees } = await services().get(of("payments"));
  expect(node).toMatchObject({
    kind: "service",
    requests: 55,
    mode: { mode: "observe" },
    stableVersion: "v1",
  });
  const sides = callers.map(({ other, sent, arrived }) => [other.name, sent?.requests, arrived?.requests]);
  expect(sides.sort()).toEqual([
    ["outside", undefined, 5],
    ["payments", 10, undefined],
    ["web", 40, 48],
  ]);
  expect(callees.map(({ other }) => other.name).sort()).toEqual([kept, "payments"].sort());
});

test("a name of any kind leads to its service as it stands", async () => {
  const { node, callers } = await services().get(of(kept));
  expect([node.name, node.namespace, node.kind, node.requests]).toEqual([kept, "shop", "seen", 7]);
  expect(callers).toHaveLength(1);
  expect((await services().signals(of(kept))).whole.requests).toBe(7);
});

test("a service that is silent in the window is there, with no data; one that never was is not", async () => {
  expect((await services().get(of("quiet"))).node).toMatchObject({ requests: 0, kind: "seen" });
  expect((await services().get(of("quiet", "1h"))).node.requests).toBe(1);
  await expect(services().get(of("nobody"))).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("policies come with what they decided, also those that are gone, and with what versions got", async () => {
  const { policies, sent } = await services().policies(of("payments"));
  expect(policies).toMatchObject([
    {
      name: "payments-canary",
      inForce: { mode: "observe" },
      splits: [{ path: "backends", backends: [{ weight: 90 }, { version: "v2", weight: 10 }] }],
      verdicts: [{ verdict: "version=v2", evaluated: 50, wouldAct: 50, acted: 0 }],
    },
    { name: "removed", splits: [], verdicts: [{ evaluated: 3 }] },
  ]);
  expect(policies[1]).not.toHaveProperty("inForce");
  expect(sent.map(({ version, requests }) => [version, requests])).toEqual([
    ["v1", 45],
    ["v2", 10],
  ]);
});

test("endpoints, routes and the time that sidecars added", async () => {
  const { sidecars } = await services().endpoints({ service: of("payments").service });
  expect(sidecars.map(({ address, connected }) => [address, connected])).toEqual([
    ["127.0.0.1:9001", true],
    ["127.0.0.1:9002", true],
  ]);
  const { routes } = await services().routes(of("payments"));
  expect(routes).toMatchObject([
    { method: "POST", path: "/charge", effective: { requests: 1 }, actual: { requests: 2 } },
  ]);
  const { arriving, calling } = await services().overhead(of("payments"));
  expect(arriving.p50).toBeCloseTo(0.001, 4);
  expect(calling).toEqual({ requests: 0, p50: undefined, p95: undefined });
});
