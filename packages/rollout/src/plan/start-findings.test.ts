import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { type StartingPoint, startFindings } from "./start-findings.ts";

const plan = planOf();
const service = {
  namespace: "shop",
  name: "payments",
  versions: ["v1", "v2", "v3"],
  readyVersions: ["v1", "v2"],
};
const ready: StartingPoint = {
  ...{ service, stableVersion: "v1", canaries: [], routes: [], running: undefined, named: undefined },
};
const canary = (name: string, ...weights: [string, number][]) => ({
  ...{ name, enforced: true },
  backends: weights.map(([version, weight]) => ({ version, weight })),
});

test.each`
  given                                                                                         | why
  ${{}}                                                                                         | ${"versions that are there"}
  ${{ canaries: [canary("split", ["v1", 90], ["v2", 10])] }}                                    | ${"goes on from its canary"}
  ${{ canaries: [canary("x", ["v1", 100])], named: { kind: "canary", targetRef: "payments" } }} | ${"the name is that of its canary"}
  ${{ canaries: [canary("old", ["v3", 0], ["v1", 100])] }}                                      | ${"a version that gets nothing"}
`("begins: $why", ({ given }) => {
  expect(startFindings(plan, { ...ready, ...given })).toEqual([]);
});

test.each`
  given                                                                                      | code                     | path           | message
  ${{ service: undefined }}                                                                  | ${"unknown-service"}     | ${"targetRef"} | ${"there is no service payments in namespace shop"}
  ${{ service: { ...service, versions: ["v1"] } }}                                           | ${"unknown-version"}     | ${"canary"}    | ${"payments has no version v2; it has v1"}
  ${{ service: { ...service, readyVersions: ["v2"] } }}                                      | ${"version-not-ready"}   | ${"baseline"}  | ${/v1 has no ready endpoint/}
  ${{ running: 7 }}                                                                          | ${"rollout-going-on"}    | ${"targetRef"} | ${"rollout 7 of payments is not over yet"}
  ${{ running: 7, canaries: [canary("its", ["v1", 50], ["v2", 50])] }}                       | ${"rollout-going-on"}    | ${"targetRef"} | ${/not over yet/}
  ${{ named: { kind: "timeout", targetRef: "cart" } }}                                       | ${"name-taken"}          | ${"name"}      | ${"there is a timeout policy payments-v2 for cart already"}
  ${{ stableVersion: "v3" }}                                                                 | ${"baseline-not-stable"} | ${"baseline"}  | ${/stable version is v3/}
  ${{ stableVersion: undefined }}                                                            | ${"baseline-not-stable"} | ${"baseline"}  | ${/is not known/}
  ${{ canaries: [canary("split", ["v1", 70], ["v3", 30])] }}                                 | ${"other-version"}       | ${"canary"}    | ${"canary policy split sends requests to v3, which the rollout would take away"}
  ${{ routes: [{ name: "main", rules: [{ backends: [{ version: "v1", weight: 100 }] }] }] }} | ${"route-decides"}       | ${"targetRef"} | ${/route policy main decides first: its rule rules\[0\] sends every request .* to v1 100 %/}
  ${{ canaries: [canary("a", ["v1", 100]), canary("b", ["v1", 100])] }}                      | ${"several-canaries"}    | ${"targetRef"} | ${/more than one canary policy: a, b/}
`("is refused at $path: $code", ({ given, code, path, message }) => {
  const findings = startFindings(plan, { ...ready, ...given });
  expect(findings).toMatchObject([{ code, path, severity: "error" }]);
  expect(findings[0]?.message).toMatch(message);
});
