import type { ModeSwitch, PolicyOf } from "@weir/domain";
import { GuardBudget, judgeEnforcement, observeEnforcement, type Prediction } from "@weir/rollout";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql } from "../connection/open-sql.ts";
import type { StoredEnforcement, WatchLook } from "./enforcement-store.ts";

const ada = { author: "ada", reason: "the preview looks fine" };
const consent = { denied: [], unproven: [] };
const budget = GuardBudget.parse({});
const limit: PolicyOf<"rateLimit"> = {
  ...{ kind: "rateLimit", namespace: "shop", name: "limit", targetRef: "cart" },
  ...{ maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1_000 },
};
const atPolicy: ModeSwitch = { scope: "policy", namespace: "shop", name: "limit" };

let database: TestDatabase;
let store: ConfigStore;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  await store.registerSidecar(
    { proxyId: "cart-1", release: "0.1.0", workload: { namespace: "shop", service: "cart", version: "v1" } },
    { controllerId: "c1", leaseMs: 60_000 },
  );
  await store.putPolicy(limit, { author: "ada" });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const caller = { namespace: "shop", service: "web" };

function predictionOf(revision: number): Prediction {
  const verdicts = [{ verdict: "allow", evaluated: 9_000, acts: 0 }];
  return {
    ...{ fromMs: 0, toMs: 3_600_000 },
    policies: [
      {
        ...{ namespace: "shop", name: "limit", kind: "rateLimit", targetRef: "cart", revision },
        ...{
          evaluated: 9_000,
          acts: 0,
          verdicts,
          callers: [{ ...caller, evaluated: 9_000, acts: 0, verdicts }],
        },
      },
    ],
    services: [
      {
        namespace: "shop",
        service: "cart",
        requests: 9_000,
        failures: 9,
        durations: { indexes: [-70], counts: [9_000] },
      },
    ],
  };
}

const start = (at: ModeSwitch = atPolicy, revision = 1) =>
  store.startEnforcement({ ...ada, at, prediction: predictionOf(revision), consent, budget });

const modeNow = async () => (await store.getPolicy("shop", "limit"))?.resolvedMode;

/** As if a minute of requests had come, so many of each hundred limited. */
function look({ prediction, budget: set, progress }: StoredEnforcement, limited: number): WatchLook {
  const watch = { prediction, budget: set! };
  const revision = prediction.policies[0]!.revision;
  let next = progress!;
  const fromMs = next.toMs ?? 0;
  const row = { namespace: "shop", policy: "limit", revision, mode: "enforce" as const, source: caller };
  for (let n = 0; n < 6; n++)
    next = observeEnforcement(
      next,
      {
        ...{
          fromMs: fromMs + n * 10_000,
          toMs: fromMs + (n + 1) * 10_000,
          held: false,
          asked: [],
          services: [],
        },
        decisions: [
          { ...row, verdict: "allow", evaluated: 100 - limited, acted: 0 },
          { ...row, verdict: "limit", evaluated: limited, acted: limited },
        ],
      },
      watch,
    );
  const atMs = fromMs + 61_000;
  return { atMs, verdict: judgeEnforcement(watch, next, atMs), progress: next };
}

test("a watch that an older release set, and that ends before it is over, is read as it is", async () => {
  const tooShort = { ...budget, forMs: 2 * budget.maxDurationMs };
  const { id } = await store.startEnforcement({
    ...{ ...ada, at: atPolicy, prediction: predictionOf(1), consent, budget: tooShort },
  });
  expect((await store.getEnforcement(id))?.budget).toEqual(tooShort);
});

describe("a switch to enforce", () => {
  test.each`
    at                                                       | action              | before               | after
    ${atPolicy}                                              | ${"policy.put"}     | ${{ name: "limit" }} | ${{ mode: "enforce" }}
    ${{ scope: "service", namespace: "shop", name: "cart" }} | ${"service.mode"}   | ${undefined}         | ${"enforce"}
    ${{ scope: "namespace", name: "shop" }}                  | ${"namespace.mode"} | ${undefined}         | ${"enforce"}
    ${{ scope: "mesh" }}                                     | ${"mesh.mode"}      | ${"observe"}         | ${"enforce"}
  `(
    "of $at.scope is one with its guard, and is taken back to what it was",
    async ({ at, action, before, after }) => {
      const started = await start(at);
      expect(started).toMatchObject({ at, phase: "watching", createdBy: "ada", reason: ada.reason });
      expect(await modeNow()).toEqual({ mode: "enforce", origin: at.scope });
      const [entry] = await store.listAudit({ limit: 1 });
      expect(entry).toMatchObject({ action, author: "ada", reason: ada.reason });
      expect([entry?.before, entry?.after]).toMatchObject([before, after]);

      expect(await store.recordWatch(started.id, started.changes, look(started, 50))).toBe(true);
      expect(await modeNow()).toEqual({ mode: "observe", origin: "mesh" });
      const [back] = await store.listAudit({ limit: 1 });
      expect(back).toMatchObject({
        ...{ action, author: "weir" },
        reason: expect.stringMatching(
          /^taken back\. policy shop\/limit: acted on 50 % of 600 requests of shop\/web/,
        ),
      });
      expect(await store.getEnforcement(started.id)).toMatchObject({
        phase: "takenBack",
        endedAt: expect.any(Date),
      });
    },
  );

  test("keeps the numbers as they were, for ever", async () => {
    const started = await start();
    await store.recordWatch(started.id, started.changes, look(started, 50));
    const [back, begin] = await store.enforcementEvents(started.id);
    expect(begin).toMatchObject({ seq: 1, action: "start", author: "ada", comment: ada.reason });
    expect(begin?.checks.map(({ kind, predicted }) => [kind, predicted])).toEqual([
      ["acts", 0],
      ["failures", 0.001],
      ["slow", 0],
    ]);
    expect(back).toMatchObject({ seq: 2, action: "takeBack", author: "weir" });
    expect(back?.checks[0]).toMatchObject({ tripped: true, seen: { requests: 600, hits: 300 } });
    expect(back?.progress?.policies[0]).toMatchObject({ evaluated: 600, acts: 300 });
    const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
    await expect(sql`UPDATE enforcement_event SET reason = 'no'`).rejects.toThrow(/immutable/);
    await expect(sql`DELETE FROM enforcement_event`).rejects.toThrow(/immutable/);
    await sql.end();
  });

  test("of what was not predicted is refused, and changes nothing", async () => {
    await store.putPolicy({ ...limit, maxTokens: 1 }, ada);
    await expect(start()).rejects.toMatchObject({
      code: "ENFORCEMENT_REFUSED",
      message: expect.stringContaining("shop/limit 2 now"),
    });
    expect(await modeNow()).toMatchObject({ mode: "observe" });
    expect((await store.listEnforcements({ limit: 9 })).found).toEqual([]);
    await expect(start({ scope: "service", namespace: "shop", name: "ghost" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("that denies somebody is refused until that is agreed to by name", async () => {
    const prediction = predictionOf(1);
    const [policy] = prediction.policies;
    const denied = [{ verdict: "limit", evaluated: 9, acts: 9 }];
    const callers = [{ ...caller, evaluated: 9_000, acts: 9, verdicts: denied }];
    const denying = { ...prediction, policies: [{ ...policy!, acts: 9, verdicts: denied, callers }] };
    const asked = { ...ada, at: atPolicy, prediction: denying, budget };
    await expect(store.startEnforcement({ ...asked, consent })).rejects.toThrow(
      "requests of shop/web would be denied, and nobody has agreed to that",
    );
    expect(await modeNow()).toMatchObject({ mode: "observe" });
    await store.startEnforcement({ ...asked, consent: { ...consent, denied: ["shop/web"] } });
    expect(await modeNow()).toMatchObject({ mode: "enforce" });
  });

  test("of what is enforced already is refused", async () => {
    await start();
    await expect(start(atPolicy, 2)).rejects.toThrow("policy shop/limit is set to enforce already");
  });

  test("without a budget, or without a policy to watch, has no guard", async () => {
    const bare = await store.startEnforcement({ ...ada, at: atPolicy, prediction: predictionOf(1), consent });
    expect(bare).toMatchObject({ phase: "unguarded", endedAt: expect.any(Date) });
    await expect(store.takeBackEnforcement(bare.id, ada)).rejects.toMatchObject({
      code: "ENFORCEMENT_REFUSED",
    });
    const empty = { ...predictionOf(1), policies: [], services: [] };
    const at: ModeSwitch = { scope: "service", namespace: "shop", name: "cart" };
    expect(await store.startEnforcement({ ...ada, at, prediction: empty, consent, budget })).toMatchObject({
      phase: "unguarded",
    });
  });
});

describe("a guard", () => {
  test("goes on from what is stored, and only over what it has read", async () => {
    const started = await start();
    const first = look(started, 0);
    expect(await store.recordWatch(started.id, started.changes, first)).toBe(true);
    expect(await store.recordWatch(started.id, started.changes, look(started, 50))).toBe(false);
    const now = await store.getEnforcement(started.id);
    expect(now).toMatchObject({ phase: "watching", look: { reason: first.verdict.reason } });
    expect(now?.progress).toEqual(JSON.parse(JSON.stringify(first.progress)));
    expect(await modeNow()).toMatchObject({ mode: "enforce" });
  });

  test("leaves no trace in the audit, and tells no sidecar, while all is well", async () => {
    const started = await start();
    const { revision } = await store.readMeshConfig();
    await store.recordWatch(started.id, started.changes, look(started, 0));
    expect((await store.readMeshConfig()).revision).toBe(revision);
  });

  test.each`
    what                | change                                                                                 | reason
    ${"set to observe"} | ${(to: ConfigStore) => to.putPolicy({ ...limit, mode: "observe" }, ada)}               | ${"policy shop/limit was set to observe by somebody else since: nobody watches any more"}
    ${"changed"}        | ${(to: ConfigStore) => to.putPolicy({ ...limit, mode: "enforce", maxTokens: 5 }, ada)} | ${/was changed by somebody else/}
    ${"deleted"}        | ${(to: ConfigStore) => to.deletePolicy("shop", "limit", ada)}                          | ${"policy shop/limit is no more"}
  `("takes nothing back that somebody else has $what since", async ({ change, reason }) => {
    const started = await start();
    await change(store);
    const before = await store.getPolicy("shop", "limit");
    await store.recordWatch(started.id, started.changes, look(started, 50));
    expect(await store.getPolicy("shop", "limit")).toEqual(before);
    expect(await store.getEnforcement(started.id)).toMatchObject({ phase: "ended" });
    const [event] = await store.enforcementEvents(started.id);
    expect(event).toMatchObject({ action: "end", reason: expect.stringMatching(reason) });
  });

  test.each`
    at                                                       | inherited
    ${atPolicy}                                              | ${"its service"}
    ${{ scope: "service", namespace: "shop", name: "cart" }} | ${"the mesh"}
    ${{ scope: "namespace", name: "shop" }}                  | ${"the mesh"}
  `(
    "of $at.scope leaves nothing enforced by $inherited, set to enforce meanwhile",
    async ({ at, inherited }) => {
      const started = await start(at);
      if (inherited === "the mesh") await store.setMeshMode("enforce", ada);
      else await store.setServiceMode("shop", "cart", "enforce", ada);
      await store.recordWatch(started.id, started.changes, look(started, 50));
      expect(await modeNow()).toEqual({ mode: "observe", origin: at.scope });
      const [event] = await store.enforcementEvents(started.id);
      expect(event?.reason).toMatch(
        /taken back.*is set to observe: what it inherited before has been set to enforce since$/,
      );
    },
  );

  test("names what goes on acting by a mode of its own that it got since", async () => {
    const at: ModeSwitch = { scope: "service", namespace: "shop", name: "cart" };
    const started = await start(at);
    await store.setPolicyMode("shop", "limit", "enforce", ada);
    const taken = await store.takeBackEnforcement(started.id, ada);
    expect(await modeNow()).toEqual({ mode: "enforce", origin: "policy" });
    const [event] = await store.enforcementEvents(taken.id);
    expect(event?.reason).toBe(
      "taken back by hand. shop/limit still acts, by a mode that somebody has set since",
    );
  });

  test("takes back what would not be accepted any more", async () => {
    const canary = (weight: number): PolicyOf<"canary"> => ({
      ...{ kind: "canary", namespace: "shop", name: "limit", targetRef: "cart", mode: "enforce" },
      backends: [{ version: "v1", weight }],
    });
    const { mode, ...observing } = canary(100);
    await store.putPolicy(observing, ada);
    const started = await start(atPolicy, 2);
    const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
    await sql`UPDATE workload SET version = 'v9'`;
    await sql.end();
    await expect(store.putPolicy(canary(50), ada)).rejects.toMatchObject({ code: "VALIDATION" });
    expect(await modeNow()).toMatchObject({ mode: "enforce" });
    await store.recordWatch(started.id, started.changes, look(started, 50));
    expect(await modeNow()).toMatchObject({ mode: "observe" });
  });

  test("of a switch that was set back and is enforced again makes place for the new one", async () => {
    const at: ModeSwitch = { scope: "service", namespace: "shop", name: "cart" };
    const first = await start(at);
    await store.setServiceMode("shop", "cart", null, ada);
    const second = await start(at);
    const phases = (await store.listEnforcements({ at, limit: 9 })).found.map(({ id, phase }) => [id, phase]);
    expect(phases).toEqual([
      [second.id, "watching"],
      [first.id, "ended"],
    ]);
    expect((await store.listEnforcements({ phase: "watching", limit: 9 })).found).toHaveLength(1);
  });
});

test.each`
  at
  ${{ scope: "mesh" }}
  ${{ scope: "namespace", name: "shop" }}
  ${{ scope: "service", namespace: "shop", name: "cart" }}
  ${atPolicy}
`(
  "what is watched about a service's requests, by $at.scope, is told in a line, and of no other service",
  async ({ at }) => {
    const { id, createdAt } = await start(at);
    const watchedOf = (service: string, namespace = "shop") =>
      store.enforcementsWatching({ namespace, service }, 9);
    const line = {
      id,
      at,
      phase: "watching",
      createdAt,
      createdBy: "ada",
      look: undefined,
      endedAt: undefined,
    };
    expect(await watchedOf("cart")).toEqual([line]);
    expect([await watchedOf("web"), await watchedOf("cart", "bank")]).toEqual([[], []]);
    await store.keepEnforcement(id, ada);
    expect(await watchedOf("cart")).toEqual([]);
  },
);

test("people take it back, or keep it, once", async () => {
  const first = await start();
  const taken = await store.takeBackEnforcement(first.id, { author: "bob", reason: "the pager" });
  expect(taken).toMatchObject({ phase: "takenBack" });
  expect(await modeNow()).toMatchObject({ mode: "observe" });
  const [event] = await store.enforcementEvents(first.id);
  expect(event).toMatchObject({
    action: "takeBack",
    author: "bob",
    reason: "taken back by hand",
    comment: "the pager",
  });
  await expect(store.keepEnforcement(first.id, ada)).rejects.toThrow(
    "nobody watches it any more: it is over",
  );

  const second = await start(atPolicy, 3);
  const seen = look(second, 0);
  await store.recordWatch(second.id, second.changes, seen);
  const kept = await store.keepEnforcement(second.id, { author: "bob" });
  expect(kept).toMatchObject({
    phase: "kept",
    look: { atMs: seen.atMs, reason: "kept by hand: nobody watches any more" },
  });
  expect(await modeNow()).toMatchObject({ mode: "enforce" });
  await expect(store.takeBackEnforcement(999, ada)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("one that this release cannot read is told of, and hides no other", async () => {
  const { id: unreadable } = await start();
  await store.takeBackEnforcement(unreadable, ada);
  const { id } = await start(atPolicy, 3);
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE enforcement SET budget = '{"quantum": true}' WHERE id = ${unreadable}`;
  await sql.end();
  const listed = await store.listEnforcements({ at: atPolicy, limit: 9 });
  expect(listed.found.map((one) => one.id)).toEqual([id]);
  expect(listed.unreadable).toEqual([
    { id: unreadable, subject: "policy/shop/limit", why: expect.stringMatching(/quantum/) },
  ]);
});
