import type { SidecarStatus } from "@weir/store";
import { expect, test } from "vitest";
import { checksOf } from "./checks-of.ts";
import type { DatabaseFacts, MeshFacts } from "./mesh-facts.ts";

const atMs = Date.UTC(2026, 10, 1, 10, 30);
const hourMs = 3_600_000;

const sidecar = (over: Partial<SidecarStatus> = {}): SidecarStatus => ({
  ...{ proxyId: "p1", workload: { namespace: "shop", service: "cart", version: "v1" }, controllerId: "c1" },
  ...{ release: "0.1.0", address: "127.0.0.1:17000", zone: undefined, connected: true },
  ...{ connectedAt: new Date(atMs - hourMs), disconnectedAt: undefined },
  ...{ wantedVersion: "a", wantedAt: new Date(atMs - 60_000), ackedVersion: "a", ackedAt: new Date(atMs) },
  ...{ nackedVersion: undefined, nackedAt: undefined, nackReason: undefined },
  ...over,
});

const database: DatabaseFacts = {
  state: { nowMs: atMs, pending: [], unknown: [] },
  mesh: { mode: "observe", hold: false, revision: 7 },
  policies: [],
  inTraffic: { findings: [], unread: 0 },
  knownServices: [{ namespace: "shop", name: "cart", versions: ["v1", "v2"], readyVersions: ["v1"] }],
  services: ["shop/cart"],
  idle: [],
  sidecars: [sidecar()],
  newestSlotEndMs: atMs - 5_000,
  partitionsUntilMs: atMs + 3 * hourMs,
};

const collectorStatus = {
  ...{ atMs, alerts: [], spool: { requests: 0, bytes: 0, maxBytes: 1_000 }, inFlight: 0, lastCommitAgeMs: 1 },
  ...{ turnedAway: 0, partitionHeadRoomHours: 3, memory: { usedBytes: 1, limitBytes: 10 } },
};

const facts: MeshFacts = {
  ...{ atMs, release: "0.1.0", database, controller: { ready: true, release: "0.1.0" } },
  collector: { ready: true, release: "0.1.0", status: collectorStatus },
};

const withDatabase = (over: Partial<DatabaseFacts>): MeshFacts => ({
  ...facts,
  database: { ...database, ...over },
});
const withCollector = (over: object): MeshFacts => ({
  ...facts,
  collector: { ...facts.collector, status: { ...collectorStatus, ...over } },
});

test("a mesh that is well has nothing to do, and every check has a name of its own", () => {
  const checks = checksOf(facts);
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
  expect(checks.every(({ hint }) => hint === undefined)).toBe(true);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

test.each<[string, MeshFacts, string, RegExp]>([
  [
    "database.migrated",
    withDatabase({ state: { nowMs: atMs, pending: ["9_new"], unknown: [] } }),
    "failed",
    /9_new/,
  ],
  [
    "database.migrated",
    withDatabase({ state: { nowMs: atMs, pending: [], unknown: ["9_x"] } }),
    "failed",
    /newer release: 9_x/,
  ],
  [
    "database.clock",
    withDatabase({ state: { ...database.state, nowMs: atMs - 2_000 } }),
    "warning",
    /2.0 s behind/,
  ],
  [
    "database.clock",
    withDatabase({ state: { ...database.state, nowMs: atMs + 60_000 } }),
    "failed",
    /60.0 s ahead of/,
  ],
  ["collector.clock", withCollector({ atMs: atMs - 20_000 }), "failed", /collector is 20.0 s behind/],
  ["database.partitions", withDatabase({ partitionsUntilMs: atMs + hourMs / 2 }), "warning", /0.5 h/],
  ["database.partitions", withDatabase({ partitionsUntilMs: undefined }), "failed", /0.0 h/],
  ["telemetry.lag", withDatabase({ newestSlotEndMs: atMs - 31_000 }), "warning", /31 s old/],
  ["telemetry.lag", withDatabase({ newestSlotEndMs: atMs - hourMs }), "failed", /3600 s old/],
  ["telemetry.lag", withDatabase({ newestSlotEndMs: undefined }), "warning", /no telemetry/],
  [
    "collector.spool",
    withCollector({ spool: { requests: 9, bytes: 600, maxBytes: 1_000 } }),
    "warning",
    /9 requests .* 60 %/,
  ],
  [
    "collector.spool",
    withCollector({ spool: { requests: 9, bytes: 950, maxBytes: 1_000 } }),
    "failed",
    /95 %/,
  ],
  ["collector.spool", withCollector({ spool: null }), "warning", /no spool/],
  [
    "collector.dropping",
    withCollector({ alerts: [{ code: "dropping", severity: "critical", message: "Lost." }] }),
    "failed",
    /Lost/,
  ],
  ["sidecars.connected", withDatabase({ sidecars: [] }), "warning", /no sidecar/],
  [
    "sidecars.accepted",
    withDatabase({ sidecars: [sidecar({ nackReason: "bad route" })] }),
    "failed",
    /shop\/cart v1; bad route/,
  ],
  [
    "sidecars.current",
    withDatabase({ sidecars: [sidecar({ wantedVersion: "b" })] }),
    "failed",
    /behind the wanted revision: shop\/cart v1$/,
  ],
  ["sidecars.leases", withDatabase({ sidecars: [sidecar({ connected: false })] }), "warning", /fell silent/],
  ["services.traffic", withDatabase({ idle: ["shop/cart"] }), "warning", /1 of 1: shop\/cart/],
  ["services.traffic", withDatabase({ services: [] }), "warning", /no service/],
  [
    "releases.agree",
    { ...facts, controller: { ready: true, release: "0.0.9" } },
    "failed",
    /controller 0.0.9/,
  ],
  [
    "releases.agree",
    withDatabase({ sidecars: [sidecar({ release: "0.0.8" })] }),
    "failed",
    /sidecar of cart 0.0.8/,
  ],
  ["controller.ready", { ...facts, controller: { ready: false, release: undefined } }, "failed", /not ready/],
  ["database.reachable", { ...facts, database: undefined }, "failed", /does not answer/],
  ["database.migrated", { ...facts, database: undefined }, "unknown", /database is away/],
])("%s (%#): %3$s", (id, given, state, says) => {
  const check = checksOf(given).find((one) => one.id === id);
  expect(check).toMatchObject({ state, says: expect.stringMatching(says) });
  if (state !== "unknown" && !id.startsWith("collector.dropping")) expect(check?.hint).toBeTruthy();
});

test.each<[string, Partial<SidecarStatus>]>([
  ["was sent its snapshot a moment ago", { wantedVersion: "b", wantedAt: new Date(atMs - 5_000) }],
  ["left and said so", { connected: false, disconnectedAt: new Date(atMs), wantedVersion: "b" }],
])("a sidecar that %s is no finding", (_, over) => {
  const checks = checksOf(withDatabase({ sidecars: [sidecar(), sidecar(over)] }));
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
});

test("of many names the first few are told", () => {
  const idle = Array.from({ length: 7 }, (_, i) => `shop/s${i}`);
  const check = checksOf(withDatabase({ services: idle, idle })).find(({ id }) => id === "services.traffic");
  expect(check?.says).toMatch(/shop\/s4 and 2 more$/);
});
