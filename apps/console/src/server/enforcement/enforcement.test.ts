import type { DecisionPoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

let mesh: ConsoleForTest;
const at = { scope: "policy", namespace: "shop", name: "who-may" } as const;
const window = "5m";
const nothing = { denied: [], unproven: [] };

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  for (const name of ["who-may", "unmet"])
    await mesh.config.putPolicy(
      {
        ...{
          kind: "authorization",
          namespace: "shop",
          name,
          targetRef: name === "unmet" ? "cart" : "payments",
        },
        rules: [{ from: [{ services: ["cart"] }] }],
      },
      { author: "ada" },
    );
  await mesh.commit({ decisionPoints: [decided("cart", "allow", 900, 0), decided("batch", "deny", 30, 30)] });
});
afterAll(() => mesh.close());

function decided(source: string, verdict: string, evaluated: number, wouldAct: number): DecisionPoint {
  return {
    timeMs: Date.now() - 20_000,
    policy: { namespace: "shop", name: "who-may", kind: "authorization", revision: 1 },
    ...{ mode: "observe", verdict, evaluated, wouldAct, acted: 0 },
    source: { namespace: "shop", service: source, version: "v1" },
    destination: { namespace: "shop", service: "payments", version: "v1" },
  };
}

test("says who would be denied before anybody is", async () => {
  const preview = await mesh.as().enforcement.preview({ at, window });
  expect(preview).toMatchObject({
    ...{ mode: null, held: false },
    prediction: { policies: [{ name: "who-may", evaluated: 930, acts: 30 }] },
    gate: { denied: [{ service: "batch", denied: { atLeast: 30, atMost: 30 }, requests: 30 }], unproven: [] },
  });
});

test("says where inheriting would enforce as well", async () => {
  const service = { scope: "service", namespace: "shop", name: "payments" } as const;
  const inherits = async () => (await mesh.as().enforcement.preview({ at: service, window })).inherits;
  await mesh.config.setServiceMode("shop", "payments", "observe", { author: "ada" });
  expect(await inherits()).toBe(false);
  await mesh.config.setMeshMode("enforce", { author: "ada" });
  expect(await inherits()).toBe(true);
  const { services } = await mesh.as().modes.state();
  expect(services.find(({ name }) => name === "payments")).toMatchObject({
    own: "observe",
    beginsOnInherit: 1,
  });
  await mesh.config.setMeshMode("observe", { author: "ada" });
  await mesh.config.setServiceMode("shop", "payments", null, { author: "ada" });
});

test("is refused until the denied are agreed to by name, then guarded, and taken back by hand", async () => {
  const asked = (denied: string[]) =>
    mesh.as().enforcement.start({
      ...{ at, window, budget: {}, reason: "batch is retired", consent: { denied, unproven: [] } },
    });
  await expect(asked([])).rejects.toMatchObject({
    code: "CONFLICT",
    message: "requests of shop/batch would be denied, and nobody has agreed to that",
  });
  const { id } = await asked(["shop/batch"]);
  expect(await mesh.as().enforcement.preview({ at, window })).toMatchObject({
    mode: "enforce",
    watching: id,
  });
  expect(await mesh.as().enforcement.list({ watching: true })).toMatchObject({
    enforcements: [{ id, phase: "watching", at }],
  });
  const ofService = (name: string) => mesh.as().enforcement.ofService({ namespace: "shop", name });
  expect(await ofService("payments")).toMatchObject([{ id, at }]);
  expect(await ofService("cart")).toEqual([]);
  const shown = await mesh.as().enforcement.get({ id });
  expect(shown).toMatchObject({ comment: "batch is retired", modeBefore: null, progress: { watchedMs: 0 } });
  expect(shown.budget).toMatchObject({ acts: 0.01, forMs: 900_000 });

  await expect(mesh.as({ sameOrigin: false }).enforcement.takeBack({ id })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await mesh.as().enforcement.takeBack({ id, reason: "too soon" })).toEqual({ phase: "takenBack" });
  expect((await mesh.as().enforcement.get({ id })).events[0]).toMatchObject({
    author: "ada",
    comment: "too soon",
  });
  await expect(mesh.as().enforcement.keep({ id })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a policy that nothing has passed asks for consent of its own, and may go without a guard", async () => {
  const unmet = { scope: "policy", namespace: "shop", name: "unmet" } as const;
  expect((await mesh.as().enforcement.preview({ at: unmet, window })).gate.unproven).toEqual(["shop/unmet"]);
  const start = (unproven: string[]) =>
    mesh.as().enforcement.start({ at: unmet, window, budget: null, consent: { denied: [], unproven } });
  await expect(start([])).rejects.toMatchObject({ message: expect.stringContaining("there is no evidence") });
  const { id } = await start(["shop/unmet"]);
  expect(await mesh.as().enforcement.get({ id })).toMatchObject({ phase: "unguarded" });
});

test("over time it says what was observed before the switch, what was predicted, and what may be", async () => {
  const { enforcements } = await mesh.as().enforcement.list({ at });
  const { id } = enforcements[0]!;
  const course = await mesh.as().enforcement.course({ id });
  expect(course.switchedAtMs).toBeLessThanOrEqual(course.nowMs);
  expect(course.steps).toBe((course.toMs - course.fromMs) / course.stepMs);
  expect([course.heardUntilMs, course.isFinal]).toEqual([undefined, false]);
  const batch = course.acts.find(({ callers }) => callers?.[0]?.service === "batch");
  expect(batch).toMatchObject({ namespace: "shop", policy: "who-may", predicted: 1 });
  const observed = batch?.steps.reduce((sum, step) => sum + step.observed, 0);
  expect([observed, batch?.steps.length]).toEqual([30, course.steps]);
  expect(course.services).toMatchObject([{ namespace: "shop", service: "payments", failures: {}, p99: {} }]);
  const later = await mesh.as({ now: () => Date.now() + 7_200_000 }).enforcement.course({ id });
  expect([later.isFinal, later.toMs > course.toMs], "a while after its end nothing is to come").toEqual([
    true,
    true,
  ]);
  await expect(mesh.as().enforcement.course({ id: 999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("what is not there is not found", async () => {
  await expect(mesh.as().enforcement.get({ id: 999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    mesh.as().enforcement.start({
      ...{
        at: { scope: "service", namespace: "shop", name: "ghost" },
        window,
        budget: null,
        consent: nothing,
      },
    }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("more than a page are told page by page, of the namespaces that are looked at", async () => {
  const mine = { scope: "namespace", name: "shop" } as const;
  for (let n = 0; n < 26; n++)
    for (const at of [mine, { scope: "mesh" }] as const) {
      const consent = { denied: ["shop/batch"], unproven: ["shop/unmet", "shop/who-may"] };
      await mesh.as().enforcement.start({ at, window, budget: null, consent });
      const change = at.scope === "mesh" ? { ...at, mode: "observe" as const } : { ...at, mode: null };
      await mesh.as().modes.change({ change });
    }
  const list = async (asked: { before?: number; namespaces?: string[] }) => {
    const { enforcements, before } = await mesh.as().enforcement.list(asked);
    return { ids: enforcements.map(({ id }) => id), scopes: enforcements.map(({ at }) => at.scope), before };
  };
  const newest = await list({});
  const older = await list({ before: newest.before ?? 0 });
  expect(newest.ids).toHaveLength(50);
  expect(newest.before).toBe(newest.ids.at(-1));
  expect(older.before).toBeUndefined();
  expect([...newest.ids, ...older.ids]).toEqual([...newest.ids, ...older.ids].sort((a, b) => b - a));
  expect((await list({ namespaces: ["bank"] })).scopes).toEqual(Array.from({ length: 26 }, () => "mesh"));
});
