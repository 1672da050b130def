import { NotificationTarget } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import { createTestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { openConfigStore } from "../config/open-config-store.ts";

const by = { author: "ada", reason: "enough of it" };
const secret = `whsec_${btoa("x".repeat(32))}`;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: ConfigStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  for (const [version, port] of [
    ["v1", 9001],
    ["v2", 9002],
  ] as const)
    await store.registerSidecar(
      {
        proxyId: `payments-${version}`,
        workload: { namespace: "shop", service: "payments", version },
        inboundAddress: `127.0.0.1:${port}`,
        release: "0.1.0",
      },
      { controllerId: "c1", leaseMs: 600_000 },
    );
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** What is in the outbox now, as `receiver: what`, delivered by this. */
async function told(): Promise<string[]> {
  const found: string[] = [];
  for (let due = await store.dueDeliveries(); due.length > 0; due = await store.dueDeliveries())
    for (const { id, attempts, to, notification } of due) {
      found.push(`${to.name}: ${notification.type}`);
      await store.recordAttempt({ id, attempts }, { outcome: "delivered" });
    }
  return found.sort();
}

test("a plan's webhooks, and targets that want rollouts, are told after the fact of what is theirs", async () => {
  await store.addTarget(
    NotificationTarget.parse({
      ...{
        name: "on call",
        url: "http://on-call",
        format: "json",
        topics: ["rollout"],
        leastSeverity: "warning",
      },
    }),
    { author: "ada" },
  );
  const webhooks = (["post", "rollback", "event", "confirm"] as const).map((when) => ({
    ...{ name: when, url: `http://${when}`, when, secret, timeoutMs: 700 },
  }));
  const plan = RolloutPlan.parse({
    ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
    steps: [10, 100].map((weight) => ({ weight, forMs: 60_000 })),
    checks: { successRate: {}, webhooks },
  });
  const { id } = await store.startRollout(plan, by);
  expect(await store.dueDeliveries()).toMatchObject([
    {
      queue: `rollout ${id} event`,
      to: { name: "event", url: "http://event", format: "json", secret, timeoutMs: 700 },
      notification: { type: "rollout.start", path: `/rollouts/${id}?event=1` },
    },
  ]);
  expect(await told()).toEqual(["event: rollout.start"]);
  await store.commandRollout(id, { kind: "skip", step: 0 }, by);
  expect(await told()).toEqual(["event: rollout.skip"]);
  await store.commandRollout(id, { kind: "abort" }, by);
  const [due] = await store.dueDeliveries();
  expect(due?.notification).toMatchObject({
    severity: "warning",
    text: expect.stringMatching(/by ada: enough/),
  });
  expect(await told()).toEqual(["event: rollout.abort", "on call: rollout.abort", "rollback: rollout.abort"]);

  const second = await store.startRollout(plan, by);
  await store.commandRollout(second.id, { kind: "promote", step: 0 }, by);
  await told();
  await store.commandRollout(second.id, { kind: "skip", step: 1 }, by);
  expect(await told()).toEqual(["event: rollout.skip", "post: rollout.skip"]);
});
