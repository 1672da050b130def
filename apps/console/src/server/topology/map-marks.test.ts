import type { MeshConfig } from "@weir/domain";
import type { DecisionsByEdge } from "@weir/store";
import { expect, test } from "vitest";
import { edge, node } from "../../features/topology/view-model/testing/sample-map.ts";
import { withMarks } from "./map-marks.ts";

const web = { namespace: "a", service: "web", version: "v1" };
const pay = { namespace: "b", service: "pay", version: "v1" };
const decided = (kind: string, verdict: string, wouldAct: number, acted: number): DecisionsByEdge => ({
  ...{ source: web, destination: pay, kind, verdict, evaluated: 100, wouldAct, acted },
});
const idOf = ({ namespace, service }: { namespace: string; service: string }) => `${namespace}/${service}`;

test.each`
  decisions                                                                                                      | flags                               | marks
  ${[]}                                                                                                          | ${{}}                               | ${undefined}
  ${[]}                                                                                                          | ${{ UF: 3, odd: 2 }}                | ${undefined}
  ${[decided("route", "retry", 4, 0)]}                                                                           | ${{}}                               | ${["retry observed 4"]}
  ${[decided("route", "retry", 4, 4)]}                                                                           | ${{ URX: 1 }}                       | ${["retry acts 4"]}
  ${[decided("route", "timeout=50ms, retry", 2, 2), decided("route", "retry", 3, 3)]}                            | ${{}}                               | ${["retry acts 5", "timeout acts 2"]}
  ${[decided("route", "version=v2, delay=10ms, mirror=v2", 7, 0)]}                                               | ${{}}                               | ${["mirror observed 7", "fault observed 7"]}
  ${[decided("route", "version=v2", 7, 7)]}                                                                      | ${{}}                               | ${undefined}
  ${[decided("circuitBreaker", "overflow=pending", 6, 0), decided("circuitBreaker", "overflow=requests", 2, 2)]} | ${{}}                               | ${["breaker acts 2"]}
  ${[decided("rateLimit", "limit", 5, 5), decided("authorization", "deny", 1, 0)]}                               | ${{}}                               | ${["limit acts 5", "denied observed 1"]}
  ${[decided("rateLimit", "limit", 5, 0)]}                                                                       | ${{ RL: 2 }}                        | ${["limit acts 2"]}
  ${[]}                                                                                                          | ${{ UO: 9, DI: 1, FI: 2, RBAC: 1 }} | ${["fault acts 3", "breaker acts 9", "denied acts 1"]}
`("decisions and the flags $flags mark an edge with $marks", ({ decisions, flags, marks }) => {
  const view = { nodes: [], edges: [edge("a/web", "b/pay", { flags })] };
  const [own] = withMarks(view, decisions, [], [], idOf).edges;
  expect(own?.marks?.map((m) => `${m.kind} ${m.acts ? "acts" : "observed"} ${m.requests}`)).toEqual(marks);
});

test.each`
  before       | resends | decisions                            | marks
  ${undefined} | ${30}   | ${[decided("route", "retry", 9, 9)]} | ${[{ kind: "retry", acts: true, requests: 9, amplification: 1.3 }]}
  ${100}       | ${30}   | ${[decided("route", "retry", 9, 9)]} | ${[{ kind: "retry", acts: true, requests: 9, amplification: 1.3, chain: 2.6 }]}
  ${undefined} | ${9}    | ${[decided("route", "retry", 9, 9)]} | ${[{ kind: "retry", acts: true, requests: 9 }]}
  ${undefined} | ${30}   | ${[]}                                | ${[{ kind: "retry", acts: true, amplification: 1.3 }]}
  ${undefined} | ${30}   | ${[decided("route", "retry", 9, 0)]} | ${[{ kind: "retry", acts: true, amplification: 1.3 }]}
`(
  "$resends further tries of 100 requests, behind $before, are told",
  ({ before, resends, decisions, marks }) => {
    const view = {
      nodes: [],
      edges: [
        edge("a/web", "b/pay", { requests: 100, resends }),
        edge("a/in", "a/web", { requests: 100, ...(before && { resends: before }) }),
      ],
    };
    expect(withMarks(view, decisions, [], [], idOf).edges[0]?.marks).toEqual(marks);
  },
);

const common = { namespace: "b", targetRef: "pay", revision: 1 };
const policies: MeshConfig["policies"] = [
  { ...common, kind: "canary", name: "c", backends: [{ version: "v1", weight: 100 }] },
  { ...common, kind: "circuitBreaker", name: "cb", mode: "enforce", maxRequests: 5 },
  { ...common, kind: "route", name: "r", rules: [{ fault: { delay: { ms: 5 } } }, { timeoutMs: 5 }] },
];

test.each`
  origin       | marks
  ${"service"} | ${["canary observed", "fault observed", "breaker acts"]}
  ${"hold"}    | ${["canary observed", "fault observed", "breaker observed"]}
`("a service whose mode is observe by its $origin has the marks $marks", ({ origin, marks }) => {
  const service = {
    ...{ namespace: "b", name: "pay", hosts: [], protocol: "http" as const, versions: [], readyVersions: [] },
    ...{ resolvedMode: { mode: "observe" as const, origin }, stableVersionInForce: undefined },
  };
  const view = { nodes: [node("b/pay"), node("a/pay"), node("b/*", { kind: "namespace" })], edges: [] };
  const { nodes } = withMarks(view, [], policies, [service], idOf);
  expect(nodes[0]?.marks?.map(({ kind, acts }) => `${kind} ${acts ? "acts" : "observed"}`)).toEqual(marks);
  expect(nodes.slice(1).map((own) => own.marks)).toEqual([undefined, undefined]);
});

test("a canary that copies has the mark of a mirror beside its own, on its service and on edges", () => {
  const backends = [{ version: "v1", weight: 100 }];
  const mirroring: MeshConfig["policies"][number] = {
    ...{ ...common, kind: "canary", name: "c", backends, mode: "enforce", mirror: { version: "v2" } },
  };
  const view = { nodes: [node("b/pay")], edges: [edge("a/web", "b/pay")] };
  const counted = [decided("canary", "version=v1, mirror=v2", 7, 7), decided("canary", "version=v1", 9, 0)];
  const { nodes, edges } = withMarks(view, counted, [mirroring], [], idOf);
  expect(nodes[0]?.marks?.map(({ kind, acts }) => [kind, acts])).toEqual([
    ["canary", true],
    ["mirror", true],
  ]);
  expect(edges[0]?.marks).toEqual([{ kind: "mirror", acts: true, requests: 7 }]);
});
