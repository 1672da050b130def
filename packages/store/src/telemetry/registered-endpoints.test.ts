import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { registeredEndpoints } from "./registered-endpoints.ts";

let database: TestDatabase;
let config: ConfigStore;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  config = openConfigStore(database.databaseUrl);
  const register = (proxyId: string, version: string, inboundAddress?: string, service = "payments") =>
    config.registerSidecar(
      {
        ...{ proxyId, workload: { namespace: "shop", service, version }, release: "0.1.0" },
        ...(inboundAddress === undefined ? {} : { inboundAddress, zone: "a" }),
      },
      { controllerId: "test", leaseMs: 60_000 },
    );
  await register("p-2", "v2", "127.0.0.1:9002");
  await register("p-1", "v1", "127.0.0.1:9001");
  await register("p-caller", "v1");
  await register("p-gone", "v1", "127.0.0.1:9009");
  await register("cart-1", "v1", "127.0.0.1:9003", "cart");
  await config.releaseSidecar("p-gone");
});
afterAll(async () => {
  await config.close();
  await sql.end();
  await database.drop();
});

test("sidecars of the service with their leases, connected ones first", async () => {
  const { sidecars, nowMs } = await registeredEndpoints(sql, { namespace: "shop", service: "payments" });
  expect(sidecars.map(({ proxyId, version, address }) => [proxyId, version, address])).toEqual([
    ["p-1", "v1", "127.0.0.1:9001"],
    ["p-caller", "v1", undefined],
    ["p-2", "v2", "127.0.0.1:9002"],
    ["p-gone", "v1", "127.0.0.1:9009"],
  ]);
  const [first, , , gone] = sidecars;
  expect(first).toMatchObject({ connected: true, zone: "a", disconnectedAtMs: undefined });
  expect((first?.leaseUntilMs ?? 0) - nowMs).toBeGreaterThan(30_000);
  expect(gone).toMatchObject({ connected: false, disconnectedAtMs: expect.any(Number) });
  expect(gone?.leaseUntilMs).toBeLessThanOrEqual(nowMs);
});

test("a service that nobody registered has none", async () => {
  expect((await registeredEndpoints(sql, { namespace: "shop", service: "nobody" })).sidecars).toEqual([]);
});
