import type { Policy } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

const change = { author: "ada", reason: "many at once" };

let database: TestDatabase;
let store: ConfigStore;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  for (const [at, service] of ["payments", "cart"].entries())
    await store.registerSidecar(
      {
        proxyId: service,
        workload: { namespace: "shop", service, version: "v1" },
        inboundAddress: `127.0.0.1:${9_000 + at}`,
        release: "0.1.0",
      },
      { controllerId: "c1", leaseMs: 60_000 },
    );
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const limit = (name: string, tokens = 5, targetRef = "payments"): Policy => ({
  ...{ kind: "rateLimit", name, namespace: "shop", targetRef },
  ...{ maxTokens: tokens, tokensPerFill: tokens, fillIntervalMs: 1_000 },
});
const balancer = (name: string): Policy => ({
  ...{ kind: "loadBalancer", name, namespace: "shop", targetRef: "payments", algorithm: "random" },
});
const names = async () => (await store.listPolicies()).map(({ policy }) => policy.name);
const revisionNow = async () => (await store.readMeshConfig()).revision;

test("many are one change: one config revision, an entry in the audit and a revision for each", async () => {
  await store.putPolicy(limit("b", 9), { author: "bob" });
  const before = await revisionNow();
  const put = await store.putPolicies(
    ["c", "b", "a"].map((name) => ({ policy: limit(name) })),
    change,
  );
  expect(put.map(({ name, revision }) => `${name} ${revision}`)).toEqual(["c 1", "b 2", "a 1"]);
  expect(await revisionNow()).toBe(before + 1);
  const audit = await store.listAudit({ limit: 3 });
  expect(
    audit.map(({ action, subject, configRevision, author }) => [action, subject, configRevision, author]),
  ).toEqual([
    ["policy.create", "policy/shop/a", before + 1, "ada"],
    ["policy.put", "policy/shop/b", before + 1, "ada"],
    ["policy.create", "policy/shop/c", before + 1, "ada"],
  ]);
  expect(await store.policyRevisions("shop", "b")).toMatchObject([
    { revision: 2, author: "ada", reason: "many at once", configRevision: before + 1, policy: limit("b") },
    { revision: 1, author: "bob" },
  ]);
  expect((await store.getPolicy("shop", "b"))?.policy).toEqual({ ...limit("b"), revision: 2 });
});

test.each`
  what                          | last                                            | error
  ${"a service that never was"} | ${{ policy: limit("z", 5, "nobody") }}          | ${{ code: "VALIDATION" }}
  ${"a stale revision"}         | ${{ policy: limit("z"), expectedRevision: 3 }}  | ${{ code: "STALE_REVISION" }}
  ${"a malformed policy"}       | ${{ policy: { ...limit("z"), maxTokens: -1 } }} | ${{ code: "VALIDATION" }}
  ${"a name twice"}             | ${{ policy: limit("a", 6) }}                    | ${{ findings: [{ code: "policy-twice" }] }}
`("with $what none is written", async ({ last, error }) => {
  const before = await revisionNow();
  const policies = [{ policy: limit("a") }, { policy: limit("b") }, last];
  await expect(store.putPolicies(policies, change)).rejects.toMatchObject(error);
  expect(await names()).toEqual([]);
  expect(await revisionNow()).toBe(before);
});

test("policies are judged as they will stand together", async () => {
  const both = [{ policy: balancer("one") }, { policy: balancer("two") }];
  await expect(store.putPolicies(both, change)).rejects.toMatchObject({
    findings: [{ code: "second-of-its-kind" }],
  });
  await store.putPolicy(balancer("one"), change);
  const moved = { ...balancer("one"), targetRef: "cart" };
  await store.putPolicies([{ policy: moved }, { policy: balancer("two") }], change);
  expect(await names()).toEqual(["one", "two"]);
});

test("what is in force already is not written again, whatever it was made from", async () => {
  await store.putPolicies([{ policy: limit("a") }, { policy: limit("b") }], change);
  const before = await revisionNow();
  const again = await store.putPolicies(
    [{ policy: limit("a"), expectedRevision: 0 }, { policy: limit("b") }],
    change,
  );
  expect(again.map(({ revision }) => revision)).toEqual([1, 1]);
  expect(await revisionNow()).toBe(before);
});

test("all are deleted, or none and every missing one is named; one comes back as its next revision", async () => {
  await store.putPolicies(
    ["a", "b"].map((name) => ({ policy: limit(name) })),
    change,
  );
  const refs = (...all: string[]) => all.map((name) => ({ namespace: "shop", name }));
  await expect(store.deletePolicies(refs("a", "x", "b", "y"), change)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "there is no policy shop/x, shop/y",
  });
  expect(await names()).toEqual(["a", "b"]);
  const before = await revisionNow();
  await store.deletePolicies(refs("a", "b"), change);
  expect(await names()).toEqual([]);
  expect(await revisionNow()).toBe(before + 1);
  expect(await store.policyRevisions("shop", "a")).toMatchObject([
    { revision: 2, policy: undefined, author: "ada", reason: "many at once" },
    { revision: 1 },
  ]);
  expect((await store.putPolicy(limit("a"), change)).revision).toBe(3);
});

test("no service gets more than its sidecars bear, be it one after the other or at once", async () => {
  const many = Array.from({ length: 201 }, (_, at) => ({ policy: limit(`l${at}`) }));
  const refused = { code: "VALIDATION", findings: [{ code: "too-many-policies", path: "targetRef" }] };
  await expect(store.putPolicies(many, change)).rejects.toMatchObject(refused);
  await store.putPolicies(many.slice(1), change);
  await expect(store.putPolicy(limit("l0"), change)).rejects.toMatchObject(refused);
  expect((await store.putPolicy(limit("l1", 9), change)).revision, "a change of one of them").toBe(2);
});

test("a service that has more than its sidecars bear keeps it: switched, written again, changed, and made smaller", async () => {
  const own = Array.from({ length: 200 }, (_, at) => ({ policy: limit(`l${at}`) }));
  const former = Array.from({ length: 5 }, (_, at) => ({ policy: limit(`m${at}`, 5, "cart") }));
  await store.putPolicies([...own, ...former], change);
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE policy SET target = 'payments', spec = jsonb_set(spec, '{targetRef}', '"payments"') WHERE target = 'cart'`;
  await sql.end();
  await store.setPolicyMode("shop", "l0", "enforce", change);
  await store.setPolicyMode("shop", "l0", null, change);
  expect((await store.putPolicy(limit("m0", 9), change)).revision).toBe(2);
  const all = (await store.listPolicies()).map(({ policy: { revision: _, ...policy } }) => ({ policy }));
  await store.putPolicies(all, change);
  await store.deletePolicies([{ namespace: "shop", name: "m4" }], change);
  await expect(store.putPolicy(limit("m4"), change)).rejects.toMatchObject({
    findings: [{ code: "too-many-policies", severity: "error" }],
  });
});

test("five thousand are one transaction that ends well within its time", { timeout: 60_000 }, async () => {
  const services = Array.from({ length: 50 }, (_, at) => `s${at}`);
  await store.registerSidecars(
    services.map((service, at) => ({
      proxyId: service,
      workload: { namespace: "shop", service, version: "v1" },
      inboundAddress: `127.0.0.1:${9_100 + at}`,
      release: "0.1.0",
    })),
    { controllerId: "c1", leaseMs: 60_000 },
  );
  const many = Array.from({ length: 5_000 }, (_, at) => ({ policy: limit(`l${at}`, 5, `s${at % 50}`) }));
  expect(await store.putPolicies(many, change)).toHaveLength(5_000);
  expect(
    await store.putPolicies(
      many.map(({ policy }) => ({ policy: { ...policy, mode: "observe" } as Policy })),
      change,
    ),
  ).toHaveLength(5_000);
  await store.deletePolicies(
    many.map(({ policy }) => policy),
    change,
  );
  expect(await names()).toEqual([]);
});
