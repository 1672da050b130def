import type { RevisedPolicy } from "@weir/domain";
import type { ServiceSummary, TopologyRows } from "@weir/store";
import { expect, test } from "vitest";
import { topologyView } from "./topology-view.ts";

function service(name: string, over: Partial<ServiceSummary> = {}): ServiceSummary {
  return {
    namespace: "shop",
    name,
    hosts: [],
    protocol: "http",
    versions: ["v1"],
    readyVersions: ["v1"],
    resolvedMode: { mode: "observe", origin: "mesh" },
    stableVersionInForce: "v1",
    ...over,
  };
}

function edge(from: [string, string], to: [string, string], requests = 10): TopologyRows["edges"][number] {
  return {
    source: { namespace: from[0], service: from[1] },
    destination: { namespace: to[0], service: to[1] },
    ...{ requests, errors: 1, rps: requests / 10, errorShare: 1 / requests },
    ...{
      p50: 0.01,
      p95: 0.02,
      p99: 0.03,
      requestBytes: 1,
      responseBytes: 1,
      protocol: "http",
      evidence: "metrics",
      sampled: false,
      byVersion: [],
      ...{ clientErrors: 1, grpcErrors: 0, flags: {} },
    },
  };
}

const canary: RevisedPolicy = {
  kind: "canary",
  namespace: "shop",
  name: "payments-canary",
  targetRef: "payments",
  revision: 3,
  backends: [
    { version: "v1", weight: 70 },
    { version: "v2", weight: 30 },
  ],
};

const rows: TopologyRows = {
  coveredSeconds: 10,
  nodes: [
    {
      namespace: "shop",
      service: "payments",
      versions: [
        { version: "v1", requests: 30, errors: 3, share: 0.75, ready: true },
        { version: "v2", requests: 10, errors: 0, share: 0.25, ready: true },
      ],
    },
  ],
  edges: [
    edge(["", "outside"], ["shop", "web"]),
    edge(["shop", "web"], ["shop", "payments"], 40),
    edge(["shop", "web"], ["elsewhere", "ledger"]),
  ],
};

const services = [service("payments", { versions: ["v1", "v2", "v10"] }), service("web"), service("idle")];
const view = () => topologyView(rows, services, [canary]);
const node = (id: string) => view().nodes.find((candidate) => candidate.id === id);

test("nodes are what registered and what was measured, each once and in order", () => {
  expect(view().nodes.map((n) => `${n.id} ${n.kind}`)).toEqual([
    "/outside outside",
    "elsewhere/ledger seen",
    "shop/idle service",
    "shop/payments service",
    "shop/web service",
  ]);
});

test("a service without traffic has no shares, rather than none of them", () => {
  expect(node("shop/idle")).toMatchObject({
    requests: 0,
    rps: 0,
    versions: [{ version: "v1", share: undefined }],
  });
});

test("a service's numbers are those of the edges to it, and versions stand in natural order", () => {
  expect(node("shop/payments")).toMatchObject({ requests: 40, errors: 1, clientErrors: 1, rps: 4 });
  expect(node("shop/payments")?.versions.map((v) => [v.version, v.share, v.ready, v.wanted])).toEqual([
    ["v1", 0.75, true, 0.7],
    ["v2", 0.25, false, 0.3],
    ["v10", undefined, false, 0],
  ]);
});

test.each`
  mode                                   | policy       | acts
  ${{ mode: "observe", origin: "mesh" }} | ${undefined} | ${false}
  ${{ mode: "enforce", origin: "mesh" }} | ${undefined} | ${true}
  ${{ mode: "enforce", origin: "mesh" }} | ${"observe"} | ${false}
  ${{ mode: "observe", origin: "mesh" }} | ${"enforce"} | ${true}
  ${{ mode: "observe", origin: "hold" }} | ${"enforce"} | ${false}
`("a canary whose own mode is $policy in a service of $mode acts: $acts", ({ mode, policy, acts }) => {
  const held = [service("payments", { resolvedMode: mode })];
  const { nodes } = topologyView({ ...rows, edges: [] }, held, [{ ...canary, mode: policy }]);
  expect(nodes[0]?.canaryActs).toBe(acts);
});

test("edges name their ends by id", () => {
  expect(view().edges.map((e) => e.id)).toEqual([
    "/outside~shop/web",
    "shop/web~shop/payments",
    "shop/web~elsewhere/ledger",
  ]);
});

test("a namespace keeps its slashes, and is never taken for another's", () => {
  const rows = { nodes: [], edges: [edge(["a/b", "c"], ["a", "b/c"])], coveredSeconds: 60 };
  const { nodes, edges } = topologyView(rows, [], []);
  expect(nodes.map(({ id, namespace, name }) => ({ id, namespace, name }))).toEqual([
    { id: "a%2Fb/c", namespace: "a/b", name: "c" },
    { id: "a/b/c", namespace: "a", name: "b/c" },
  ]);
  expect(edges).toMatchObject([{ id: "a%2Fb/c~a/b/c", source: "a%2Fb/c", target: "a/b/c" }]);
});
