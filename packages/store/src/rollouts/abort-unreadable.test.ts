import type { Hello } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";

const ada = { author: "ada", reason: "made by the release after" };

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  for (const [at, version] of ["v1", "v2"].entries()) await register(version, 9_001 + at);
});
afterEach(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

async function register(version: string, port: number): Promise<void> {
  const hello: Hello = {
    proxyId: `payments-${version}`,
    workload: { namespace: "shop", service: "payments", version },
    inboundAddress: `127.0.0.1:${port}`,
    release: "0.1.0",
  };
  await store.registerSidecar(hello, { controllerId: "c1", leaseMs: 60_000 });
}

const plan = RolloutPlan.parse({
  ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
  steps: [10, 100].map((weight) => ({ weight, forMs: 60_000 })),
});

/** Starts one, and has its plan be as another release wrote it. */
async function unreadable(members: string): Promise<number> {
  const { id } = await store.startRollout(plan, ada);
  await sql`UPDATE rollout SET plan = plan || ${members}::text::jsonb WHERE id = ${id}`;
  return id;
}

async function backendsNow() {
  const found = await store.getPolicy("shop", "payments-v2");
  return found?.policy.kind === "canary" ? found.policy.backends : undefined;
}

test("sends all requests to the baseline, ends the rollout, and lets go of what it steered", async () => {
  const id = await unreadable('{"quantum": true, "steps": "many"}');
  const bob = { author: "bob", reason: "cannot be read" };
  const { revision } = await store.readMeshConfig();
  const event = await store.abortUnreadable(id, bob);
  expect(await backendsNow()).toEqual([
    { version: "v1", weight: 100 },
    { version: "v2", weight: 0 },
  ]);
  const reason =
    "back to the baseline by hand, its plan cannot be read by this release: all requests go to v1";
  expect(event).toMatchObject({
    ...{ seq: 2, author: "bob", action: "abort", reason, comment: "cannot be read", policyRevision: 2 },
    state: { phase: "aborted", step: 0, changes: 1 },
  });
  expect((await store.rolloutEvents(id))[0]).toEqual(event);
  expect(await store.listAudit({ limit: 1 })).toMatchObject([
    {
      ...{
        author: "bob",
        reason: "cannot be read",
        action: "rollout.abort",
        subject: "rollout/shop/payments",
      },
      before: { phase: "running" },
      after: { targetRef: "payments", rollout: id, phase: "aborted", weight: 0, reason, event: 2 },
    },
  ]);
  expect((await store.readMeshConfig()).revision).toBe(revision + 1);
  expect((await store.listRollouts({ running: true, limit: 5 })).unreadable).toEqual([]);
  expect((await store.startRollout(plan, ada)).state.phase).toBe("running");
});

test.each`
  members                                                | backends
  ${'{"quantum": true, "canary": {"versions": ["v2"]}}'} | ${[{ version: "v1", weight: 100 }]}
  ${'{"baseline": {"version": "v1"}}'}                   | ${undefined}
  ${'{"baseline": "not a version"}'}                     | ${undefined}
`("of one with $members", async ({ members, backends }) => {
  const id = await unreadable(members);
  const before = await backendsNow();
  const event = await store.abortUnreadable(id, ada);
  expect(await backendsNow()).toEqual(backends ?? before);
  expect(event.policyRevision).toBe(backends ? 2 : undefined);
  if (!backends) {
    expect(event.reason).toBe(
      "ended by hand, its plan cannot be read by this release, nor which version is its baseline: canary policy payments-v2 stays as it is",
    );
    expect((await store.listAudit({ limit: 1 }))[0]?.after).not.toHaveProperty("weight");
  }
  await store.deletePolicy("shop", "payments-v2", ada);
});

test("is refused of one that can be read, that is over, or never was, and leaves no trace", async () => {
  const { id } = await store.startRollout(plan, ada);
  const { revision } = await store.readMeshConfig();
  await expect(store.abortUnreadable(id, ada)).rejects.toMatchObject({
    ...{ code: "ROLLOUT_REFUSED", message: "its plan can be read: abort it as any other" },
  });
  await expect(store.abortUnreadable(999, ada)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await store.readMeshConfig()).revision).toBe(revision);
  await sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE id = ${id}`;
  const both = await Promise.allSettled([store.abortUnreadable(id, ada), store.abortUnreadable(id, ada)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(store.abortUnreadable(id, ada)).rejects.toThrow("the rollout is over");
});
