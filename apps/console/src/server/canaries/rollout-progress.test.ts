import type { SidecarStatus } from "@weir/store";
import { expect, test } from "vitest";
import { rolloutProgress } from "./rollout-progress.ts";

const changedAt = new Date(10_000);

function sidecar(over: Partial<SidecarStatus>): SidecarStatus {
  return {
    proxyId: "p",
    workload: { namespace: "shop", service: "cart", version: "v1" },
    controllerId: "c",
    release: "0.1.0",
    address: undefined,
    zone: undefined,
    connected: true,
    connectedAt: new Date(1_000),
    disconnectedAt: undefined,
    wantedVersion: "new",
    wantedAt: new Date(10_050),
    ackedVersion: "new",
    ackedAt: new Date(10_080),
    nackedVersion: undefined,
    nackedAt: undefined,
    nackReason: undefined,
    ...over,
  };
}

test.each`
  over                                                                          | running | why
  ${{}}                                                                         | ${1}    | ${"wanted after the change and acknowledged"}
  ${{ ackedVersion: "old" }}                                                    | ${0}    | ${"not acknowledged yet"}
  ${{ wantedVersion: "old", wantedAt: new Date(9_000), ackedVersion: "old" }}   | ${0}    | ${"the controller has not asked yet"}
  ${{ wantedAt: new Date(9_000), connectedAt: new Date(11_000) }}               | ${1}    | ${"came after the change"}
  ${{ wantedVersion: undefined, wantedAt: undefined, ackedVersion: undefined }} | ${0}    | ${"nothing was ever wanted of it"}
`("$why", ({ over, running }) => {
  expect(rolloutProgress([sidecar(over)], changedAt)).toMatchObject({ total: 1, running });
});

test("a sidecar that is gone does not count, one that refuses is named with its reason", () => {
  const refusing = { ackedVersion: "old", nackedVersion: "new", nackReason: "unknown field" };
  expect(rolloutProgress([sidecar({ connected: false }), sidecar(refusing)], changedAt)).toEqual({
    total: 1,
    running: 0,
    refused: [{ workload: "cart v1", reason: "unknown field" }],
  });
});
