import type { Hello, PolicyOf } from "@weir/domain";
import {
  analysisSettings,
  type Decision,
  decide,
  judge,
  RolloutPlan,
  type RolloutState,
  startAnalysis,
} from "@weir/rollout";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { channels, subscribe } from "../connection/subscribe.ts";
import type { LookTaken, StoredRollout } from "./rollout-store.ts";

const ada = { author: "ada", reason: "trying it" };
const minuteMs = 60_000;

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await register("v1", 9001);
  await register("v2", 9002);
});
afterEach(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

async function register(version: string, port: number, service = "payments"): Promise<void> {
  const hello: Hello = {
    proxyId: `${service}-${version}`,
    workload: { namespace: "shop", service, version },
    inboundAddress: `127.0.0.1:${port}`,
    release: "0.1.0",
  };
  await store.registerSidecar(hello, { controllerId: "c1", leaseMs: 60_000 });
}

function planOf(given: Readonly<Record<string, unknown>> = {}): RolloutPlan {
  return RolloutPlan.parse({
    ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
    steps: [10, 50, 100].map((weight) => ({ weight, forMs: minuteMs })),
    ...given,
  });
}

const start = (given: Readonly<Record<string, unknown>> = {}) => store.startRollout(planOf(given), ada);

async function canaryPolicy(name = "payments-v2"): Promise<PolicyOf<"canary"> | undefined> {
  const found = await store.getPolicy("shop", name);
  return found?.policy.kind === "canary" ? found.policy : undefined;
}

/** Weights that the canary was given, by the revisions of its policy, the oldest first. */
async function weightsGiven(name = "payments-v2"): Promise<(number | undefined)[]> {
  const revisions = await store.policyRevisions("shop", name);
  return revisions
    .reverse()
    .map(({ policy }) =>
      policy?.kind === "canary" ? policy.backends.find(({ version }) => version === "v2")?.weight : undefined,
    );
}

/** A look at a rollout that ends in this action, as the controller would have it. */
function lookAt(
  rollout: StoredRollout,
  action: Decision["action"],
  state: Partial<RolloutState> = {},
): LookTaken {
  const settings = analysisSettings(rollout.plan);
  const analysis = startAnalysis(settings);
  const evidence = judge(analysis, settings);
  const held = decide(rollout.state, evidence, rollout.plan, Date.now());
  const changes = rollout.state.changes + (action === "hold" ? 0 : 1);
  const decision = {
    ...held,
    action,
    reason: `${action} it is`,
    state: { ...held.state, ...state, changes },
  };
  const nothing = { requests: 0, failures: 0, durations: { indexes: [], counts: [] } };
  return {
    ...{ decision, analysis },
    course: [{ atMs: 1, step: 0, check: "latency", low: -1, high: 1, canary: undefined, baseline: 0.01 }],
    signals: { fromMs: 0, toMs: 1, canary: nothing, baseline: nothing },
  };
}

const record = (rollout: StoredRollout, ...look: [Decision["action"], Partial<RolloutState>?]) =>
  store.recordLook(rollout.id, rollout.state.changes, lookAt(rollout, ...look));

const read = async ({ id }: StoredRollout) => (await store.getRollout(id))!;

describe("a start", () => {
  test("keeps the plan, enforces the first step, tells of it, and audits it, all at once", async () => {
    const heard: string[] = [];
    const subscription = await subscribe(database.databaseUrl, [channels.config], (_, payload) =>
      heard.push(payload),
    );
    const rollout = await start();
    await waitFor(() => heard.includes("2"), { what: "the notification" });
    await subscription.close();
    expect(rollout).toMatchObject({
      ...{ id: expect.any(Number), planRevision: 1, policy: "payments-v2", createdBy: "ada" },
      ...{ reason: "trying it", look: undefined, course: [], endedAt: undefined },
      state: { phase: "running", step: 0, changes: 0 },
      steered: { policyRevision: 1, configRevision: 2 },
    });
    expect(await read(rollout)).toEqual(rollout);
    expect(await canaryPolicy()).toMatchObject({
      ...{ mode: "enforce", revision: 1 },
      backends: [
        { version: "v1", weight: 90 },
        { version: "v2", weight: 10 },
      ],
    });
    expect(await store.rolloutEvents(rollout.id)).toMatchObject([
      {
        ...{ seq: 1, author: "ada", action: "start", comment: "trying it", policyRevision: 1 },
        ...{ reason: "v2 begins to take over from v1: 10 %", plan: rollout.plan, evidence: undefined },
      },
    ]);
    expect(await store.listAudit({ limit: 1 })).toMatchObject([
      {
        ...{ author: "ada", reason: "trying it", action: "rollout.start", subject: "rollout/shop/payments" },
        after: {
          targetRef: "payments",
          rollout: rollout.id,
          phase: "running",
          step: 1,
          steps: 3,
          weight: 10,
        },
      },
    ]);
    const window = { fromMs: 0, toMs: Date.now() + minuteMs, limit: 5 };
    const changes = await store.listChanges({ ...window, service: { namespace: "shop", name: "payments" } });
    expect(changes).toContainEqual(
      expect.objectContaining({ entry: expect.objectContaining({ action: "rollout.start" }) }),
    );
  });

  test("says in the audit which requests a step chooses, or that it copies some", async () => {
    const testers = [{ headers: [{ name: "x-user", exact: "beta" }] }, { method: "PUT" }];
    const steps = [
      { match: testers, forMs: 0 },
      { weight: 100, forMs: 0 },
    ];
    await start({ steps });
    const entries = await store.listAudit({ limit: 5 });
    expect(entries.find(({ action }) => action === "rollout.start")?.after).toMatchObject({
      ...{ weight: 0, chosen: "chosen requests (x-user = beta, or 1 more)" },
    });
  });

  test("goes on from the canary that the service has", async () => {
    const backends = [
      { version: "v1", weight: 95 },
      { version: "v2", weight: 5 },
    ];
    const own = { namespace: "shop", targetRef: "payments", name: "by-hand" };
    await store.putPolicy({ kind: "canary", ...own, backends }, ada);
    const rollout = await start();
    expect(rollout.policy).toBe("by-hand");
    expect(await weightsGiven("by-hand")).toEqual([5, 10]);
    expect((await store.rolloutEvents(rollout.id))[0]?.reason).toMatch(
      /going on from canary policy by-hand$/,
    );
  });

  test.each`
    given                                                               | code                     | path
    ${{ canary: "v9" }}                                                 | ${"unknown-version"}     | ${"canary"}
    ${{ targetRef: "nobody" }}                                          | ${"unknown-service"}     | ${"targetRef"}
    ${{ baseline: "v2", canary: "v1" }}                                 | ${"baseline-not-stable"} | ${"baseline"}
    ${{ steps: [{ weight: 10, forMs: 1 }] }}                            | ${"no-end"}              | ${"steps"}
    ${{ steps: [{ weight: 110, forMs: 1 }] }}                           | ${"too_big"}             | ${"steps[0].weight"}
    ${{ steps: [50, 20, 100].map((weight) => ({ weight, forMs: 0 })) }} | ${"step-order"}          | ${"steps[1]"}
  `("of $given is refused: $code at $path", async ({ given, code, path }) => {
    const plan = { ...planOf(), ...given };
    await expect(store.startRollout(plan, ada)).rejects.toMatchObject({
      code: "VALIDATION",
      findings: expect.arrayContaining([expect.objectContaining({ code, path })]),
    });
    expect((await store.listRollouts({ limit: 5 })).found).toEqual([]);
    expect(await store.listPolicies()).toEqual([]);
  });

  test("that would take requests back from the canary that is in force is refused", async () => {
    const backends = [
      { version: "v1", weight: 70 },
      { version: "v2", weight: 30 },
    ];
    const own = {
      kind: "canary",
      namespace: "shop",
      targetRef: "payments",
      name: "by-hand",
      backends,
    } as const;
    const { revision } = await store.putPolicy(own, ada);
    const goesBack = [{ code: "weight-goes-back", path: "steps[0]" }];
    expect(await store.rolloutStartFindings(planOf())).toEqual([]); // the mesh observes
    await store.setServiceMode("shop", "payments", "enforce", ada);
    expect(await store.rolloutStartFindings(planOf())).toMatchObject(goesBack);
    await store.setMeshHold(true, ada);
    await expect(start()).rejects.toMatchObject({ findings: goesBack });
    await store.putPolicy({ ...own, mode: "observe" }, { ...ada, expectedRevision: revision });
    expect(await store.rolloutStartFindings(planOf())).toEqual([]);
  });

  test("that a route leaves nothing to is refused, and one that a route takes some requests from is warned of", async () => {
    const backends = [{ version: "v1", weight: 100 }];
    const route = { kind: "route", namespace: "shop", targetRef: "payments", name: "main" } as const;
    const { revision } = await store.putPolicy({ ...route, mode: "enforce", rules: [{ backends }] }, ada);
    const decides = [{ code: "route-decides", path: "targetRef", severity: "error" }];
    expect(await store.rolloutStartFindings(planOf())).toMatchObject(decides);
    await expect(start()).rejects.toMatchObject({ findings: decides });
    const narrow = { match: [{ method: "DELETE" }], backends };
    const change = { ...ada, expectedRevision: revision };
    await store.putPolicy({ ...route, mode: "enforce", rules: [narrow] }, change);
    expect(await store.rolloutStartFindings(planOf())).toMatchObject([
      { ...decides[0], severity: "warning" },
    ]);
    expect((await start()).state.phase).toBe("running");
  });

  test("of a version without an endpoint is refused", async () => {
    await store.releaseSidecar("payments-v2");
    await expect(start()).rejects.toThrow(/v2 has no ready endpoint/);
  });

  test("does not take the name of another policy", async () => {
    const breaker = { kind: "circuitBreaker", maxConnections: 5 } as const;
    await store.putPolicy({ ...breaker, name: "payments-v2", namespace: "shop", targetRef: "payments" }, ada);
    await expect(start()).rejects.toMatchObject({ findings: [{ code: "name-taken", path: "name" }] });
  });

  test("is one at a time: of two at once one is refused, and another may follow when it is over", async () => {
    const outcomes = await Promise.allSettled([start(), start({ name: "another" }), start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    const {
      found: [first],
    } = await store.listRollouts({ running: true, limit: 5 });
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(refused?.reason).toMatchObject({ findings: [{ code: "rollout-going-on", path: "targetRef" }] });
    expect(refused?.reason.message).toContain(`rollout ${first!.id} of payments is not over yet`);
    await store.commandRollout(first!.id, { kind: "abort" }, ada);
    expect((await start()).id).toBeGreaterThan(first!.id);
    expect((await store.listRollouts({ running: false, limit: 5 })).found).toMatchObject([{ id: first!.id }]);
    const newest = await store.listRollouts({ limit: 1 });
    expect(newest.found).not.toMatchObject([{ id: first!.id }]);
    expect(newest.before).toBe(newest.found[0]?.id);
  });
});

describe("a look", () => {
  test("that holds is kept as the newest, and changes nothing else", async () => {
    const rollout = await start();
    const { revision } = await store.readMeshConfig();
    const taken = lookAt(rollout, "hold");
    expect(await store.recordLook(rollout.id, 0, taken)).toBe(true);
    const after = await read(rollout);
    const { analysis, course } = taken;
    expect(after).toMatchObject({
      analysis: JSON.parse(JSON.stringify(analysis)),
      state: taken.decision.state,
    });
    expect(after.course).toEqual(JSON.parse(JSON.stringify(course)));
    expect(after.signals).toEqual(taken.signals);
    expect(after.look).toMatchObject({ action: "hold", reason: "hold it is" });
    expect((await store.readMeshConfig()).revision).toBe(revision);
    expect(await store.rolloutEvents(rollout.id)).toHaveLength(1);
  });

  test("that goes on sets the next weight, with its evidence frozen, and begins the step's course anew", async () => {
    const rollout = await start();
    await record(rollout, "hold");
    const taken = lookAt(rollout, "advance", { step: 1 });
    expect(await store.recordLook(rollout.id, 0, taken)).toBe(true);
    expect(await weightsGiven()).toEqual([10, 50]);
    const after = await read(rollout);
    expect(after).toMatchObject({ state: { step: 1, changes: 1 }, course: [], signals: undefined });
    expect(after.steered).toMatchObject({ policyRevision: 2, at: new Date(taken.decision.atMs) });
    expect(after.stepAt).toEqual(new Date(taken.decision.atMs));
    const [event] = await store.rolloutEvents(rollout.id);
    expect(event).toMatchObject({
      ...{ seq: 2, author: "weir", action: "advance", reason: "advance it is", policyRevision: 2 },
      evidence: JSON.parse(JSON.stringify(taken.decision.evidence)),
      signals: taken.signals,
    });
  });

  test("on a state that somebody changed meanwhile is lost, whole", async () => {
    const rollout = await start();
    await store.commandRollout(rollout.id, { kind: "pause" }, ada);
    for (const action of ["hold", "advance", "rollBack"] as const)
      expect(await record(rollout, action, { step: 1 })).toBe(false);
    expect(await read(rollout)).toMatchObject({ state: { phase: "paused", step: 0 }, look: undefined });
    expect(await weightsGiven()).toEqual([10]);
  });

  test("of two controllers at once goes one step", async () => {
    const rollout = await start();
    const other = openConfigStore(database.databaseUrl);
    const looks = [store, other, store, other].map((by) =>
      by.recordLook(rollout.id, 0, lookAt(rollout, "advance", { step: 1 })),
    );
    const stored = await Promise.all(looks);
    await other.close();
    expect(stored.filter(Boolean)).toHaveLength(1);
    expect(await weightsGiven()).toEqual([10, 50]);
  });

  test("that succeeds makes the canary the stable version in the same breath, and says so", async () => {
    const rollout = await start({ steps: [{ weight: 100, forMs: 0 }] });
    await record(rollout, "succeed", { phase: "succeeded" });
    expect((await store.listServices())[0]).toMatchObject({ stableVersion: "v2" });
    const [event] = await store.rolloutEvents(rollout.id);
    expect(event?.reason).toBe("succeed it is. v2 is the stable version of payments from now on");
    expect(event?.policyRevision).toBeUndefined(); // all requests were the canary's already
    expect((await read(rollout)).endedAt).toBeInstanceOf(Date);
  });

  test("that takes back sends all to the baseline, and leaves the stable version alone", async () => {
    const rollout = await start();
    await record(rollout, "rollBack", { phase: "rolledBack" });
    expect(await weightsGiven()).toEqual([10, 0]);
    expect((await store.listServices())[0]).toMatchObject({ stableVersion: "v1" });
    expect(await store.recordLook(rollout.id, 1, lookAt(await read(rollout), "hold"))).toBe(false);
  });

  test("keeps what others say, whatever it is", async () => {
    const rollout = await start();
    const taken = lookAt(rollout, "pause", { phase: "paused" });
    const detail = `zero \0 and half \ud800`;
    const decision = {
      ...{ ...taken.decision, reason: detail },
      evidence: { ...taken.decision.evidence, others: [{ name: "hook", outcome: "fail" as const, detail }] },
    };
    expect(await store.recordLook(rollout.id, 0, { ...taken, decision })).toBe(true);
    const [event] = await store.rolloutEvents(rollout.id);
    expect(event?.evidence?.others[0]?.detail).toBe("zero \ufffd and half \ufffd");
  });
});

describe("a command", () => {
  test("changes the rollout, and keeps who asked for it and why", async () => {
    const rollout = await start();
    const bob = { author: "bob", reason: "looks fine" };
    const after = await store.commandRollout(rollout.id, { kind: "promote", step: 0 }, bob);
    expect(after.state).toMatchObject({ step: 2, changes: 1 });
    expect(await weightsGiven()).toEqual([10, 100]);
    expect((await store.rolloutEvents(rollout.id))[0]).toMatchObject({
      ...{ author: "bob", action: "promote", comment: "looks fine", reason: "promoted by hand: now 100 %" },
    });
  });

  test("that doesn't apply is refused, saying why, and leaves no trace", async () => {
    const rollout = await start();
    const { revision } = await store.readMeshConfig();
    await expect(store.commandRollout(rollout.id, { kind: "resume" }, ada)).rejects.toMatchObject({
      ...{ code: "ROLLOUT_REFUSED", message: "is running already" },
    });
    await expect(store.commandRollout(rollout.id, { kind: "skip", step: 1 }, ada)).rejects.toThrow(
      "step 2 is not the present one: the rollout is in step 1",
    );
    await expect(store.commandRollout(999, { kind: "pause" }, ada)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect((await store.readMeshConfig()).revision).toBe(revision);
  });

  test("given twice at once moves one step", async () => {
    const rollout = await start();
    const click = () => store.commandRollout(rollout.id, { kind: "skip", step: 0 }, ada);
    const outcomes = await Promise.allSettled([click(), click(), click()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await weightsGiven()).toEqual([10, 50]);
  });

  test("against a look at the same time: one of them counts, and the weights go on in order", async () => {
    for (const _ of [1, 2, 3]) {
      const rollout = await start();
      const skipped = store.commandRollout(rollout.id, { kind: "skip", step: 0 }, ada).then(
        () => true,
        () => false,
      );
      const outcomes = await Promise.all([skipped, record(rollout, "advance", { step: 1 })]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect((await read(rollout)).state).toMatchObject({ step: 1, changes: 1 });
      await store.commandRollout(rollout.id, { kind: "abort" }, ada);
    }
    expect(await weightsGiven()).toEqual([10, 50, 0, 10, 50, 0, 10, 50, 0]);
  });
});

describe("an edit of the plan", () => {
  const longer = (forMs: number) => planOf({ steps: [10, 20, 100].map((weight) => ({ weight, forMs })) });

  test("of what lies ahead is its next revision, and counts from then on", async () => {
    const rollout = await start();
    const change = { ...ada, expectedPlanRevision: 1 };
    const after = await store.replanRollout(rollout.id, longer(minuteMs), change);
    expect(after).toMatchObject({ planRevision: 2, plan: longer(minuteMs), state: { step: 0, changes: 1 } });
    expect(await store.replanRollout(rollout.id, longer(minuteMs), change)).toEqual(after); // sent twice
    expect(await record(rollout, "advance", { step: 1 })).toBe(false); // decided on the plan before
    await record(after, "advance", { step: 1 });
    expect(await weightsGiven()).toEqual([10, 20]);
    expect((await store.rolloutEvents(rollout.id))[1]).toMatchObject({ action: "replan", plan: after.plan });
  });

  test("of a plan that somebody else edited is refused, with both", async () => {
    const rollout = await start();
    await store.replanRollout(rollout.id, longer(1_000), { ...ada, expectedPlanRevision: 1 });
    const late = store.replanRollout(rollout.id, longer(2_000), { author: "bob", expectedPlanRevision: 1 });
    await expect(late).rejects.toMatchObject({
      ...{ code: "STALE_REVISION", expected: planOf(), current: longer(1_000) },
      message: "the plan was changed meanwhile: the edit is based on revision 1, the current one is 2",
    });
  });

  test("of what is past or rests on evidence is refused, and so is any of a rollout that is over", async () => {
    const rollout = await start();
    const change = { ...ada, expectedPlanRevision: 1 };
    const other = planOf({ checks: { successRate: { margin: 0.05 } } });
    await expect(store.replanRollout(rollout.id, other, change)).rejects.toMatchObject({
      findings: [{ code: "replan", path: "checks" }],
    });
    await store.commandRollout(rollout.id, { kind: "abort" }, ada);
    await expect(store.replanRollout(rollout.id, longer(1), change)).rejects.toThrow("the rollout is over");
  });
});

test("whoever starts or commands one may have a clock that is wrong: its moments are the database's", async () => {
  const realMs = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: realMs - 3_600_000 });
  try {
    const { id, createdAt, state } = await start();
    await store.commandRollout(id, { kind: "skip", step: 0 }, ada);
    const { stepAt, steered } = (await store.getRollout(id))!;
    const [skipped] = await store.rolloutEvents(id);
    for (const at of [createdAt, new Date(state.seenMs), stepAt, steered.at, skipped!.at])
      expect(at.getTime()).toBeGreaterThan(realMs - 60_000);
  } finally {
    vi.useRealTimers();
  }
});

test("of time that nobody looked at a paused one, none is counted when it goes on", async () => {
  const { id } = await start();
  await store.commandRollout(id, { kind: "pause" }, ada);
  const hourAgo = String(Date.now() - 3_600_000);
  await sql`UPDATE rollout SET state = jsonb_set(state, '{seenMs}', ${hourAgo}::text::jsonb) WHERE id = ${id}`;
  const { state } = await store.commandRollout(id, { kind: "resume" }, ada);
  expect(Date.now() - state.seenMs).toBeLessThan(60_000);
});

describe("what a rollout steers", () => {
  const steeredWords = expect.stringContaining("weir rollout abort shop/payments ends it");
  const steered = {
    code: "VALIDATION",
    findings: [expect.objectContaining({ code: "steered-by-rollout", message: steeredWords })],
  };
  const byHand = (name: string): PolicyOf<"canary"> => ({
    ...{ kind: "canary", name, namespace: "shop", targetRef: "payments" },
    backends: [
      { version: "v1", weight: 50 },
      { version: "v2", weight: 50 },
    ],
  });

  test("is nobody else's until it is over, nor is another canary of the service", async () => {
    const rollout = await start();
    await expect(store.putPolicy(byHand("payments-v2"), ada)).rejects.toMatchObject(steered);
    await expect(store.deletePolicy("shop", "payments-v2", ada)).rejects.toMatchObject(steered);
    await expect(store.putPolicy(byHand("another"), ada)).rejects.toMatchObject(steered);
    expect(await weightsGiven()).toEqual([10]);
    await store.commandRollout(rollout.id, { kind: "abort" }, ada);
    await store.putPolicy(byHand("payments-v2"), ada);
    expect(await weightsGiven()).toEqual([10, 0, 50]);
  });

  test("stays on its stable version until it is over", async () => {
    const rollout = await start();
    const pin = (version: string | null) => store.setStableVersion("shop", "payments", version, ada);
    for (const version of ["v2", null])
      await expect(pin(version)).rejects.toMatchObject({
        findings: [{ code: "steered-by-rollout", path: "stableVersion", message: steeredWords }],
      });
    const [before] = await store.listServices();
    expect(before?.stableVersionInForce).toBe("v1");
    await store.commandRollout(rollout.id, { kind: "abort" }, ada);
    await pin("v2");
    const [after] = await store.listServices();
    expect(after?.stableVersionInForce).toBe("v2");
  });

  test("leaves other policies alone", async () => {
    await start();
    const breaker = { kind: "circuitBreaker", maxConnections: 5 } as const;
    await store.putPolicy({ ...breaker, name: "limit", namespace: "shop", targetRef: "payments" }, ada);
    await store.deletePolicy("shop", "limit", ada);
  });
});

describe("a rollout that this release cannot read", () => {
  test("is told of, and hides neither the others nor its own log", async () => {
    const { id: unreadable } = await start({ name: "of-later" });
    await sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE id = ${unreadable}`;
    for (const [at, version] of ["v1", "v2"].entries()) await register(version, 9_003 + at, "cart");
    const { id } = await start({ targetRef: "cart", name: "cart-v2" });
    const listed = await store.listRollouts({ running: true, limit: 5 });
    expect(listed.found.map((one) => one.id)).toEqual([id]);
    expect(listed.unreadable).toEqual([
      { id: unreadable, subject: "shop/payments", why: expect.stringMatching(/quantum/) },
    ]);
    expect(listed.before).toBeUndefined();
    const pages = [
      await store.listRollouts({ limit: 1 }),
      await store.listRollouts({ limit: 1, before: id }),
    ] as const;
    expect(pages.map(({ before }) => before)).toEqual([id, undefined]);
    expect(pages[1].unreadable).toHaveLength(1);
    expect((await store.rolloutEvents(unreadable)).map(({ action }) => action)).toEqual(["start"]);
    await expect(store.commandRollout(unreadable, { kind: "abort" }, ada)).rejects.toThrow(/quantum/);
  });

  test("nor does one of an earlier release, in whose analysis nothing is kept of what was heard of", async () => {
    const { id } = await start();
    await sql`UPDATE rollout SET analysis = (analysis::jsonb - 'heard')::text WHERE id = ${id}`;
    const rollout = await store.getRollout(id);
    expect(rollout?.analysis.heard).toEqual({ serviceMs: undefined, canaryMs: undefined, owed: 0 });
  });
});

test("the database refuses to change or remove what was kept, and a rollout that is over", async () => {
  const rollout = await start();
  await store.commandRollout(rollout.id, { kind: "abort" }, ada);
  const attempts = [
    sql`UPDATE rollout_event SET reason = 'another'`,
    sql`DELETE FROM rollout_event`,
    sql`TRUNCATE rollout_event`,
    sql`UPDATE rollout SET plan = '{}' WHERE id = ${rollout.id}`,
    sql`DELETE FROM rollout`,
    sql`TRUNCATE rollout CASCADE`,
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toThrow(/immutable/);
});
