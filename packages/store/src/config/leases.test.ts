import type { Hello } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 2 });
});
afterEach(async () => {
  await Promise.all([store.close(), sql.end()]);
  await database.drop();
});

const lease = { controllerId: "c1", leaseMs: 60_000 };

function hello(proxyId: string, port: number, version = "v1"): Hello {
  return {
    proxyId,
    workload: { namespace: "shop", service: "cart", version },
    inboundAddress: `127.0.0.1:${port}`,
    zone: "z1",
    release: "0.1.0",
  };
}

const addresses = async () => (await store.liveEndpoints()).map((endpoint) => endpoint.address);

/** As if that much time had passed for all leases. */
async function age(interval: string): Promise<void> {
  await sql`UPDATE sidecar SET lease_until = lease_until - ${interval}::interval,
    disconnected_at = disconnected_at - ${interval}::interval`;
  await sql`UPDATE endpoint SET lease_until = lease_until - ${interval}::interval`;
  await sql`UPDATE workload SET last_seen = last_seen - ${interval}::interval`;
}

test("ten sidecars of a new service register at once", async () => {
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => store.registerSidecar(hello(`p${i}`, 9000 + i, `v${i % 3}`), lease)),
  );
  expect(await addresses()).toHaveLength(10);
  expect(await store.listServices()).toMatchObject([
    { namespace: "shop", name: "cart", versions: ["v0", "v1", "v2"], readyVersions: ["v0", "v1", "v2"] },
  ]);
  const audit = await store.listAudit({ limit: 10 });
  expect(audit.map((entry) => entry.action)).toEqual(["service.discovered"]);
});

test("an endpoint is gone when its lease ends, before anybody removes it", async () => {
  await store.registerSidecar(hello("p1", 9001), lease);
  await store.registerSidecar(hello("p2", 9002), { ...lease, leaseMs: 300_000 });
  await age("2 minutes");
  expect(await addresses()).toEqual(["127.0.0.1:9002"]);
  expect(await store.expireLeases()).toBe(1);
  expect(await store.expireLeases()).toBe(0);
  const sidecars = await store.listSidecars();
  expect(sidecars.map((s) => [s.proxyId, s.connected])).toEqual([
    ["p1", false],
    ["p2", true],
  ]);
});

test("renewing keeps it, brings back what ran out, and names what is not known", async () => {
  await store.registerSidecar(hello("p1", 9001), lease);
  await store.registerSidecar(hello("p2", 9002), { ...lease, controllerId: "c2" });
  await age("2 minutes");
  await store.expireLeases();
  expect(await addresses()).toEqual([]);
  expect(await store.renewLeases("c1", ["p1", "p2", "stranger"], 60_000)).toEqual(["stranger"]);
  expect(await addresses()).toEqual(["127.0.0.1:9001"]); // p2 is another controller's
});

test("release takes effect at once, but not through a controller that holds it no more", async () => {
  await store.registerSidecar(hello("p1", 9001), lease);
  await store.registerSidecar(hello("p1", 9001), { ...lease, controllerId: "c2" });
  await store.releaseSidecar("p1", "c1");
  expect(await addresses()).toEqual(["127.0.0.1:9001"]);
  await store.releaseSidecar("p1", "c2");
  expect(await addresses()).toEqual([]);
});

test("a restarted sidecar takes over its address from its earlier run", async () => {
  await store.registerSidecar(hello("run-1", 9001, "v1"), lease);
  await store.registerSidecar(hello("run-2", 9001, "v2"), lease);
  expect(await store.liveEndpoints()).toEqual([
    { namespace: "shop", service: "cart", version: "v2", address: "127.0.0.1:9001", zone: "z1" },
  ]);
});

test("a sidecar that only calls has no endpoint", async () => {
  const { inboundAddress: _, ...caller } = hello("p1", 9001);
  await store.registerSidecar(caller, lease);
  expect(await addresses()).toEqual([]);
  expect(await store.listSidecars()).toMatchObject([{ proxyId: "p1", address: undefined, connected: true }]);
});

test("versions are forgotten by the list after a day, by validation never", async () => {
  await store.registerSidecar(hello("p1", 9001, "v1"), lease);
  await store.registerSidecar(hello("p2", 9002, "v2"), lease);
  await age("25 hours");
  await store.registerSidecar(hello("p3", 9003, "v3"), lease);
  const versions = async () => (await store.listServices())[0]?.versions;
  expect(await versions()).toEqual(["v1", "v3"]); // v1 is the stable one, by being first
  await store.setStableVersion("shop", "cart", "v2", { author: "ada" });
  expect(await versions()).toEqual(["v2", "v3"]);
  await store.setStableVersion("shop", "cart", null, { author: "ada" });
  expect(await versions()).toEqual(["v3"]);
});

test("sidecars that have been gone for an hour are forgotten", async () => {
  await store.registerSidecar(hello("p1", 9001), lease);
  await store.releaseSidecar("p1");
  await age("2 hours");
  await store.expireLeases();
  expect(await store.listSidecars()).toEqual([]);
});

test("the status tells wanted, acknowledged and refused snapshots", async () => {
  await store.registerSidecar(hello("p1", 9001), lease);
  await store.recordWanted(["p1"], "aaaa", 1);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "aaaa" } }]);
  await store.recordWanted(["p1"], "bbbb", 2);
  await store.recordAcknowledgements([
    { acknowledgement: { proxyId: "p1", version: "bbbb", error: "no such kind" } },
  ]);
  expect(await store.listSidecars()).toMatchObject([
    { wantedVersion: "bbbb", ackedVersion: "aaaa", nackedVersion: "bbbb", nackReason: "no such kind" },
  ]);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "bbbb" } }]);
  expect(await store.listSidecars()).toMatchObject([{ ackedVersion: "bbbb", nackReason: undefined }]);
});
