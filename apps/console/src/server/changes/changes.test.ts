import { RolloutPlan } from "@weir/rollout";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

const by = { author: "ada", reason: "a first try" };
let mesh: ConsoleForTest;

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  await mesh.config.putPolicy(
    {
      ...{ kind: "canary", namespace: "shop", name: "payments-canary", targetRef: "payments" },
      backends: [
        { version: "v1", weight: 70 },
        { version: "v2", weight: 30 },
      ],
    },
    by,
  );
  await mesh.config.setServiceMode("shop", "payments", "enforce", by);
});
afterAll(() => mesh.close());

test("says what was changed, by whom and why, the oldest first, and which versions are new", async () => {
  const service = { namespace: "shop", name: "payments" };
  const { changes, isCut } = await mesh.as().changes.list({ window: "5m", service });
  expect(isCut).toBe(false);
  expect(changes).toMatchObject([
    {
      kind: "version",
      what: "service shop/payments is new, at version v1",
      who: "its first sidecar",
      service,
    },
    { kind: "version", what: "version v2 of shop/payments is new", service },
    { kind: "weights", what: "policy shop/payments-canary created: v1 70 %, v2 30 %", service },
    { kind: "mode", what: "mode of service shop/payments: inherited → enforce", service },
  ]);
  expect(changes[2]).toMatchObject({ who: "ada", why: "a first try" });
});

test("without a service it says it of the whole mesh, and nothing of another window", async () => {
  const whats = (await mesh.as().changes.list({ window: "5m" })).changes.map(({ what }) => what);
  expect(whats).toContain("service shop/cart is new, at version v1");
  expect(whats).toHaveLength(5);
  const past = await mesh.as().changes.list({ window: "2026-11-01T10:00:00Z/2026-11-01T10:15:00Z" });
  expect(past).toMatchObject({ fromMs: Date.parse("2026-11-01T10:00:00Z"), changes: [], isCut: false });
});

test("a change of this very millisecond is told, also where its time was rounded up", async () => {
  await mesh.config.setMeshHold(true, by);
  const [{ at } = { at: new Date(0) }] = await mesh.config.listAudit({ limit: 1 });
  for (const nowMs of [at.getTime(), at.getTime() - 1]) {
    const { changes, toMs } = await mesh.as({ now: () => nowMs }).changes.list({ window: "5m" });
    expect([changes.at(-1)?.what, toMs]).toEqual(["mesh put on hold", nowMs]);
  }
  await mesh.config.setMeshHold(false, by);
});

test("of a namespace it says which, for it is about all of its services", async () => {
  await mesh.config.setNamespaceMode("shop", "enforce", by);
  const { changes } = await mesh.as().changes.list({ window: "5m" });
  expect(changes.at(-1)).toMatchObject({ kind: "mode", namespace: "shop" });
  expect(changes.filter(({ namespace }) => namespace !== undefined)).toHaveLength(1);
  await mesh.config.setNamespaceMode("shop", null, by);
});

test("of a rollout it says what became of it, why, and where its event is read", async () => {
  const plan = RolloutPlan.parse({
    ...{ name: "payments-canary", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
    steps: [30, 100].map((weight) => ({ weight, forMs: 60_000 })),
  });
  const { id } = await mesh.config.startRollout(plan, { author: "ada" });
  const service = { namespace: "shop", name: "payments" };
  const { changes } = await mesh.as().changes.list({ window: "5m", service });
  expect(changes.at(-1)).toMatchObject({
    ...{ kind: "rollout", what: "rollout of shop/payments started: v2 after v1", who: "ada", service },
    ...{ why: expect.stringMatching(/^v2 begins to take over/), href: `/rollouts/${id}?event=1` },
  });
});

test("what was enforced, and what was taken back, is read on the enforcement's page", async () => {
  const at = { scope: "policy", namespace: "shop", name: "limit" } as const;
  await mesh.config.putPolicy(
    {
      ...{ kind: "rateLimit", namespace: "shop", name: "limit", targetRef: "cart" },
      ...{ maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1_000 },
    },
    by,
  );
  const consent = { denied: [], unproven: ["shop/limit"] };
  const { id } = await mesh.as().enforcement.start({ at, window: "5m", budget: {}, consent });
  await mesh.as().enforcement.takeBack({ id });
  const service = { namespace: "shop", name: "cart" };
  const { changes } = await mesh.as().changes.list({ window: "5m", service });
  expect(changes.slice(-3).map(({ href }) => href)).toEqual([
    "/policies/shop/limit",
    ...[`/enforcements/${id}`, `/enforcements/${id}`],
  ]);
});

test("of more than it tells, it tells the newest, and that there are others", async () => {
  await mesh.config.setMeshHold(true, by);
  await mesh.context.sql`
    INSERT INTO audit_entry (at, config_revision, author, action, subject, after)
    SELECT now() - n * interval '1 day', 1, 'bob', 'mesh.hold', 'mesh', 'true' FROM generate_series(1, 80) n,
      generate_series(1, 7)`;
  const { changes, isCut } = await mesh.as().changes.list({ window: "90d" });
  expect([changes.length, isCut]).toEqual([500, true]);
  expect(changes.at(-1)).toMatchObject({ kind: "mode", what: "mesh put on hold", who: "ada" });
});
