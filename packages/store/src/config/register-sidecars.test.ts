import type { Hello } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

const lease = { controllerId: "c1", leaseMs: 60_000 };

function hello(proxyId: string, service: string, port: number | undefined, version = "v1"): Hello {
  return {
    ...{ proxyId, release: "0.1.0", workload: { namespace: "shop", service, version } },
    ...(port !== undefined && { inboundAddress: `127.0.0.1:${port}` }),
  };
}

let database: TestDatabase;
let store: ConfigStore;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const held = async () =>
  (await store.liveEndpoints()).map(({ address, service }) => `${address} ${service}`).sort();

test("many at once make what one after the other would: services, versions, endpoints", async () => {
  await store.registerSidecars(
    [
      ...[hello("a1", "cart", 9001), hello("a2", "cart", 9002, "v2"), hello("a3", "cart", 9003)],
      ...[hello("b1", "payments", 9004), hello("c1", "loadgen", undefined)],
    ],
    lease,
  );
  const services = await store.listServices();
  expect(
    services.map(({ name, readyVersions, stableVersion }) => [name, readyVersions, stableVersion]),
  ).toEqual([
    ["cart", ["v1", "v2"], "v1"],
    ["loadgen", [], "v1"],
    ["payments", ["v1"], "v1"],
  ]);
  expect(await held()).toEqual([
    "127.0.0.1:9001 cart",
    "127.0.0.1:9002 cart",
    "127.0.0.1:9003 cart",
    "127.0.0.1:9004 payments",
  ]);
});

test("of two that come with one address the later has it, and addresses may be swapped", async () => {
  await store.registerSidecars([hello("a", "cart", 9001), hello("b", "payments", 9002)], lease);
  await store.registerSidecars([hello("a", "cart", 9002), hello("b", "payments", 9001)], lease);
  expect(await held()).toEqual(["127.0.0.1:9001 payments", "127.0.0.1:9002 cart"]);
  await store.registerSidecars([hello("a", "cart", 9003), hello("b", "payments", 9003)], lease);
  expect(await held()).toEqual(["127.0.0.1:9003 payments"]);
  await store.registerSidecars([hello("b", "payments", undefined)], lease);
  expect(await held()).toEqual([]);
});

test("where one is refused none is registered", async () => {
  const bad = { ...hello("bad", "cart", 9002), zone: "a\u0000b" };
  await expect(store.registerSidecars([hello("a", "cart", 9001), bad], lease)).rejects.toThrow();
  expect(await held()).toEqual([]);
  expect(await store.listServices()).toEqual([]);
});

test("two controllers that register the same sidecars in another order do not block each other for good", async () => {
  const all = Array.from({ length: 40 }, (_, i) => hello(`p${i}`, `s${i % 7}`, 9_100 + i, `v${i % 3}`));
  for (let round = 0; round < 5; round++)
    await Promise.all([
      store.registerSidecars(all, lease),
      store.registerSidecars(all.toReversed(), { ...lease, controllerId: "c2" }),
      store.renewLeases(
        "c1",
        all.map(({ proxyId }) => proxyId),
        60_000,
      ),
    ]);
  expect(await held()).toHaveLength(40);
});
