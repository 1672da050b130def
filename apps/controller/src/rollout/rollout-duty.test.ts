import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RolloutWorld } from "../testing/rollout-world.ts";

// Minutes of simulated time, each of many statements.
vi.setConfig({ testTimeout: 60_000 });

let world: RolloutWorld;
beforeEach(async () => {
  world = await RolloutWorld.open();
});
afterEach(() => world.close());

const eventsOf = async (id: number) => (await world.store.rolloutEvents(id)).reverse();

describe("a canary", () => {
  test("that is as good as the baseline goes through, step by step, and is the stable version then", async () => {
    const { id } = await world.start();
    const rollout = await world.untilOver(id, 600);
    expect(rollout.state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 50, 100]);
    const events = await eventsOf(id);
    expect(events.map(({ action }) => action)).toEqual(["start", "advance", "advance", "succeed"]);
    expect(events.map(({ author }) => author)).toEqual(["ada", "weir", "weir", "weir"]);
    const [, first] = events;
    expect(first?.evidence?.comparisons.map(({ verdict }) => verdict)).toEqual(["no worse", "no worse"]);
    expect(first?.signals?.canary.requests).toBe(first?.evidence?.requestsInStep);
    expect((await world.store.listServices())[0]?.stableVersion).toBe("v2");
  });

  test("that fails ten times as often is taken back within 40 s, with the evidence frozen", async () => {
    const { id } = await world.start({ steps: [10, 100].map((weight) => ({ weight, forMs: 600_000 })) });
    world.requestsInSlot = 1_000;
    await world.pass(60);
    expect((await world.rollout(id)).state.phase).toBe("running");
    world.behaviour.v2 = { failing: 0.1, slow: 0.01 };
    await world.pass(40, {}, 2);
    expect((await world.rollout(id)).state.phase).toBe("rolledBack");
    expect(await world.weights()).toEqual([10, 0]);
    const event = (await eventsOf(id)).at(-1);
    expect(event?.reason).toMatch(/^success rate: .* of the canary's \d+ requests( in this step)? failed/);
    expect(event?.evidence?.comparisons[0]).toMatchObject({ check: "successRate", verdict: "worse" });
    expect((await world.store.listServices())[0]?.stableVersion).toBe("v1");
  });

  test("that is slow is taken back; what is slow is known from before the rollout", async () => {
    world.behaviour.v2 = { failing: 0.01, slow: 0.2 };
    const { id } = await world.start();
    const rollout = await world.untilOver(id, 60);
    expect(rollout.state.phase).toBe("rolledBack");
    expect((await eventsOf(id)).at(-1)?.reason).toMatch(/latency: .* were slow \(over [\d.]+ ms\)/);
  });
});

test("a canary whose endpoints are gone is taken back: what reaches nobody is its failure", async () => {
  const { id } = await world.start({ steps: [10, 100].map((weight) => ({ weight, forMs: 600_000 })) });
  world.requestsInSlot = 1_000;
  await world.pass(30);
  await world.store.releaseSidecar("payments-v2");
  world.canaryIsGone = true;
  const rollout = await world.untilOver(id, 60);
  expect(rollout.state.phase).toBe("rolledBack");
  expect((await eventsOf(id)).at(-1)?.reason).toMatch(/^success rate: /);
});

describe("nothing moves", () => {
  test("without traffic: that is not enough evidence", async () => {
    const { id } = await world.start();
    world.requestsInSlot = 0;
    await world.pass(120);
    const { state, look } = await world.rollout(id);
    expect([state.phase, state.step]).toEqual(["running", 0]);
    expect(look?.reason).toBe("no request of shop/payments was heard of yet");
  });

  test("while the service's own sidecars are silent and another's are not; then it goes on", async () => {
    const { id } = await world.start();
    await world.pass(25);
    world.requestsInSlot = 0; // of payments; of another service requests are heard of all along
    await world.pass(60);
    const before = await world.rollout(id);
    await world.pass(300);
    const silent = await world.rollout(id);
    expect(silent.analysis.toMs).toBeGreaterThan(world.nowMs - 30_000);
    expect(silent.look?.reason).toMatch(/^no request of shop\/payments was heard of for /);
    expect([silent.state.phase, silent.state.step]).toEqual(["running", before.state.step]);
    expect(silent.state.inStepMs).toBe(before.state.inStepMs);
    world.requestsInSlot = 10_000;
    expect((await world.untilOver(id, 600)).state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 50, 100]);
  });

  test("after a hold of the mesh, before requests are heard of again", async () => {
    const { id } = await world.start();
    await world.pass(20);
    await world.store.setMeshHold(true, { author: "ada" });
    await world.pass(60);
    world.requestsInSlot = 0;
    await world.store.setMeshHold(false, { author: "ada" });
    const before = await world.rollout(id);
    await world.pass(120);
    const { state, look } = await world.rollout(id);
    expect(look?.reason).toMatch(/^no request of shop\/payments was heard of for /);
    expect(state.inStepMs).toBe(before.state.inStepMs);
  });

  test("on stale evidence; and when it is heard again, time without it was no time of the step", async () => {
    const { id } = await world.start();
    world.tells = false;
    await world.pass(600);
    const silent = await world.rollout(id);
    expect(silent.state).toMatchObject({ phase: "running", step: 0 });
    expect(silent.state.inStepMs).toBeLessThan(50_000);
    expect(silent.look?.reason).toMatch(/^(no evidence yet|evidence is stale: nothing was heard for \d+)/);
    world.tells = true;
    expect((await world.untilOver(id, 600)).state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 50, 100]);
  });

  test("while the mesh is on hold, nor does time; what was heard meanwhile counts for nothing", async () => {
    const { id } = await world.start();
    await world.pass(20);
    await world.store.setMeshHold(true, { author: "ada" });
    const before = await world.rollout(id);
    world.behaviour.v2 = { failing: 1, slow: 1 };
    await world.pass(300);
    const held = await world.rollout(id);
    expect(held.look?.reason).toBe("held: the mesh is on hold, no policy acts");
    expect(held.state).toEqual({ ...before.state, seenMs: world.nowMs });
    expect(held.analysis.requestsInStep).toBe(before.analysis.requestsInStep);
    world.behaviour.v2 = { failing: 0.01, slow: 0.01 };
    await world.store.setMeshHold(false, { author: "ada" });
    expect((await world.untilOver(id, 600)).state.phase).toBe("succeeded");
  });

  test("when the controller's clock jumps, ahead or back", async () => {
    const { id } = await world.start();
    await world.pass(20);
    const day = 86_400_000;
    for (const jump of [day, -day]) {
      const now = () => world.nowMs + jump;
      for (let looks = 0; looks < 5; looks++) await world.look({ now });
      const { state, look } = await world.rollout(id);
      expect([state.phase, state.step, look?.action]).toEqual(["running", 0, "hold"]);
      expect(state.inStepMs).toBeLessThan(20_000);
    }
    expect((await world.untilOver(id, 600)).state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 50, 100]);
  });

  test("without an approval where a step asks for it", async () => {
    const steps = [
      { weight: 50, forMs: 10_000, approval: true },
      { weight: 100, forMs: 10_000 },
    ];
    const { id } = await world.start({ steps });
    await world.pass(120);
    expect((await world.rollout(id)).look?.reason).toBe("waits for somebody to approve");
    await world.store.commandRollout(id, { kind: "approve", step: 0 }, { author: "ada" });
    expect((await world.untilOver(id, 300)).state.phase).toBe("succeeded");
  });
});

describe("a split that is not the assigned one", () => {
  test("pauses the rollout, once every sidecar has had time to take the weight", async () => {
    const { id } = await world.start({ steps: [10, 100].map((weight) => ({ weight, forMs: 900_000 })) });
    // Somebody takes another way: the policy says 10 %, the requests say otherwise.
    await world.sql`UPDATE policy SET spec = jsonb_set(spec, '{backends}',
      '[{"version":"v1","weight":60},{"version":"v2","weight":40}]')`;
    await world.pass(60);
    expect((await world.rollout(id)).state.phase).toBe("running"); // nobody has said that he carried it out
    await world.pass(60);
    expect((await world.rollout(id)).state.phase).toBe("paused");
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      ...{ action: "pause", author: "weir" },
      reason: "stopped: the canary got 40 % of the requests, 10 % were assigned to it",
    });
  });
});

test("every request is counted once, though slots are read before they are over", async () => {
  const { id } = await world.start({ steps: [10, 100].map((weight) => ({ weight, forMs: 600_000 })) });
  const [from, perSlot] = [world.nowMs, 1_000];
  for (const seconds of [1, 2, 3, 5, 7, 9, 2, 2, 2, 4, 6, 8, 13, 24, 2, 1])
    await world.pass(seconds, {}, seconds);
  // Five seconds after the end of a slot it is whole, and the one after is not open yet.
  await world.wait((25 - (((world.nowMs - from) / 1_000) % 10)) % 10);
  await world.look();
  const { signals, analysis } = await world.rollout(id);
  const slots = ((signals?.toMs ?? 0) - (signals?.fromMs ?? 0)) / 10_000;
  expect(slots).toBeGreaterThan(7);
  expect(signals?.canary.requests).toBe(slots * perSlot);
  expect(analysis.requestsInStep).toBe(signals?.canary.requests);
  expect(signals?.baseline.requests).toBe(slots * 9 * perSlot);
});

test("the course of the comparisons is kept, thinned out, and begins anew with each step", async () => {
  const { id } = await world.start({ steps: [10, 100].map((weight) => ({ weight, forMs: 200_000 })) });
  await world.pass(120);
  const { course } = await world.rollout(id);
  expect(course.filter(({ check }) => check === "latency").length).toBeGreaterThan(5);
  expect(course.at(-1)).toMatchObject({ step: 0, canary: 0.01, baseline: 0.01 });
});

test("what it does is told by its metrics, and no more when it is another's", async () => {
  await world.start();
  await world.pass(30);
  const text = await world.registry.metrics();
  expect(text).toContain('weir_rollout_phase{namespace="shop",service="payments",phase="running"} 1');
  expect(text).toContain('weir_rollout_canary_weight{namespace="shop",service="payments"} 5');
  expect(text).toMatch(/weir_rollout_looks_total\{action="hold"\} \d/);
  expect(text).toMatch(/weir_rollout_evidence_age_seconds\{[^}]+\} \d/);
  world.left();
  expect(await world.registry.metrics()).not.toContain('service="payments"');
});
