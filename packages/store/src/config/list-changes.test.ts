import type { Hello } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import type { ChangesQuery, ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

const change = { author: "ada", reason: "trying it" };
const lease = { controllerId: "c1", leaseMs: 60_000 };
const payments = { namespace: "shop", name: "payments" };

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
});
afterEach(async () => {
  await Promise.all([store.close(), sql.end()]);
  await database.drop();
});

const hello = (service: string, version: string, port: number): Hello => ({
  proxyId: `${service}-${version}`,
  workload: { namespace: "shop", service, version },
  inboundAddress: `127.0.0.1:${port}`,
  release: "0.1.0",
});

const limitOf = (policy: string, targetRef: string) =>
  ({
    kind: "rateLimit",
    ...{ name: policy, namespace: "shop", targetRef },
    ...{ maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1_000 },
  }) as const;

/** Everything until a while after now, oldest first, in a word each. */
async function told(over: Partial<ChangesQuery> = {}): Promise<string[]> {
  const found = await store.listChanges({ fromMs: 0, toMs: Date.now() + 60_000, limit: 50, ...over });
  return found
    .map((one) =>
      one.kind === "audit"
        ? `${one.entry.action} ${one.entry.subject}`
        : `${one.seen.service.name} ${one.seen.version} by ${one.seen.evidence}${one.seen.isFirst ? ", new" : ""}`,
    )
    .reverse();
}

test("a service is told what concerns it, and the mesh everything", async () => {
  await store.registerSidecar(hello("payments", "v1", 9001), lease);
  await store.registerSidecar(hello("cart", "v1", 9002), lease);
  await store.setMeshMode("enforce", change);
  await store.setNamespaceMode("shop", "observe", change);
  await store.setServiceMode("shop", "payments", "enforce", change);
  await store.setServiceMode("shop", "cart", "enforce", change);
  await store.putPolicy(limitOf("limit", "cart"), change);
  await store.putPolicy(limitOf("limit", "payments"), change);
  await store.deletePolicy("shop", "limit", change);
  const ofPayments = [
    "payments v1 by sidecar, new",
    "mesh.mode mesh",
    "namespace.mode namespace/shop",
    "service.mode service/shop/payments",
    "policy.put policy/shop/limit",
    "policy.delete policy/shop/limit",
  ];
  expect(await told({ service: payments })).toEqual(ofPayments);
  expect(await told({ service: { namespace: "other", name: "payments" } })).toEqual(["mesh.mode mesh"]);
  expect(await told({ service: { namespace: "shop", name: "cart" } })).toContain(
    "policy.put policy/shop/limit",
  );
  expect(await told()).toHaveLength(9);
  expect(await told({ limit: 2 })).toEqual([
    "policy.put policy/shop/limit",
    "policy.delete policy/shop/limit",
  ]);
});

test("an entry comes with its author, reason, and what was before and after", async () => {
  await store.setMeshMode("enforce", { author: "bob" });
  const query = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000, limit: 5 };
  expect(await store.listChanges(query)).toMatchObject([
    {
      kind: "audit",
      entry: { author: "bob", reason: undefined, before: "observe", after: "enforce", configRevision: 1 },
    },
  ]);
  expect(await store.listChanges({ ...query, toMs: query.fromMs })).toEqual([]);
});

test("a version is new when its first sidecar or its first telemetry comes, whichever is earlier", async () => {
  await store.registerSidecar(hello("payments", "v1", 9001), lease);
  await store.registerSidecar(hello("payments", "v2", 9002), lease);
  await sql`
    INSERT INTO telemetry_service (namespace, name, version, first_seen) VALUES
      ('shop', 'payments', '', now() - interval '3 hours'),
      ('shop', 'payments', 'v1', now() - interval '2 hours'),
      ('shop', 'payments', 'v2', now() + interval '1 second'),
      ('shop', 'payments', 'v3', now() + interval '2 seconds'),
      ('shop', 'old', 'v1', NULL),
      ('shop', 'old', 'v2', now() + interval '3 seconds')`;
  expect(await told()).toEqual([
    "payments v1 by telemetry",
    "payments v2 by sidecar",
    "payments v3 by telemetry",
    "old v2 by telemetry",
  ]);
  expect(await told({ fromMs: Date.now() - 3_600_000, service: payments })).toEqual([
    "payments v2 by sidecar",
    "payments v3 by telemetry",
  ]);
  await store.registerSidecar(hello("payments", "v2", 9003), lease);
  expect(await told({ service: payments })).toHaveLength(3);
});
