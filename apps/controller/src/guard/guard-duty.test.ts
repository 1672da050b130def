import { consentTo, GuardBudget, gateOf } from "@weir/rollout";
import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  predictEnforcement,
  type Sql,
} from "@weir/store";
import { createLogger } from "@weir/telemetry/process";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { guardDuty } from "./guard-duty.ts";

const slotMs = 10_000;
const web = { namespace: "shop", service: "web", version: "v1" };
const cart = { namespace: "shop", service: "cart", version: "v1" };
const at = { scope: "policy", namespace: "shop", name: "limit" } as const;

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
/** The guard's clock, and the start of the slot after the switch. */
let nowMs: number;
let switchedMs: number;

beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  await store.registerSidecar(
    { proxyId: "cart-1", release: "0.1.0", workload: { namespace: "shop", service: "cart", version: "v1" } },
    { controllerId: "c1", leaseMs: 60_000 },
  );
  await store.putPolicy(
    {
      ...{ kind: "rateLimit", namespace: "shop", name: "limit", targetRef: "cart" },
      ...{ maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1_000 },
    },
    { author: "ada" },
  );
});
afterEach(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

/** Slots of a hundred requests of `shop/web` to `shop/cart` from a time on, so many of them limited. */
async function traffic(
  fromMs: number,
  slots: number,
  limited: number,
  decided: { mode: string; revision: number },
  by = { name: "limit", kind: "rateLimit", verdict: "limit" },
) {
  const enforced = decided.mode === "enforce";
  const policy = { namespace: "shop", name: by.name, kind: by.kind, revision: decided.revision };
  const rows = Array.from({ length: slots }, (_, slot) => {
    const timeMs = fromMs + (slot + 1) * slotMs;
    const decision = { timeMs, policy, mode: decided.mode, source: web, destination: cart };
    return {
      edge: {
        ...{
          timeMs,
          reporter: "source" as const,
          source: web,
          destination: cart,
          protocol: "http",
          method: "GET",
        },
        ...{ statusClass: 2 as const, flag: "", requests: 100, requestBytes: 0, responseBytes: 0 },
        ...{ durationSumSeconds: 1, histogram: { indexes: [-107], counts: [100] }, exemplars: [] },
      },
      decisions: [
        { ...decision, verdict: "allow", evaluated: by === deny ? 0 : 100 - limited, wouldAct: 0, acted: 0 },
        {
          ...decision,
          verdict: by.verdict,
          evaluated: limited,
          wouldAct: limited,
          acted: enforced ? limited : 0,
        },
      ].filter(({ evaluated }) => evaluated > 0),
    };
  });
  const digest = crypto.getRandomValues(new Uint8Array(32));
  await commitTelemetry(
    sql,
    {
      requests: [
        {
          ...{ digest, accessLogs: [], logs: [], metricPoints: [] },
          edgePoints: rows.map(({ edge }) => edge),
          decisionPoints: rows.flatMap(({ decisions }) => decisions),
        },
      ],
    },
    createTelemetryCaches(),
  );
}

/** It says something of requests that it matches, and of no other. */
const deny = { name: "deny", kind: "authorization", verdict: "deny" };

/** Ten minutes in observe without a limited request, up to ten minutes ago; then the switch, as if it had been made then. */
async function enforce(budget: Partial<GuardBudget> = {}): Promise<number> {
  switchedMs = Math.floor((Date.now() - 600_000) / slotMs) * slotMs;
  await traffic(switchedMs - 600_000, 60, 0, { mode: "observe", revision: 1 });
  const window = { fromMs: switchedMs - 600_000, toMs: switchedMs };
  const prediction = await predictEnforcement(sql, await store.readMeshConfig(), at, window);
  const { id } = await store.startEnforcement({
    ...{
      author: "ada",
      at,
      prediction,
      consent: { denied: [], unproven: [] },
      budget: GuardBudget.parse({ forMs: 60_000, ...budget }),
    },
  });
  await sql`UPDATE enforcement SET created_at = ${new Date(switchedMs)}`;
  return id;
}

const enforced = { mode: "enforce", revision: 2 };

/** A controller that does its duty once, at a time after the switch. */
async function guardAt(seconds: number, now = switchedMs + seconds * 1_000): Promise<void> {
  nowMs = now;
  const logger = createLogger("guard-test", "silent");
  await guardDuty({ store, sql, logger, now: () => nowMs }).run(new AbortController().signal);
}

const phase = async (id: number) => (await store.getEnforcement(id))?.phase;

test("what does as predicted is kept, watched by one controller after another", async () => {
  const id = await enforce();
  for (let slot = 0; slot < 7; slot++) {
    await traffic(switchedMs + slot * slotMs, 1, 0, enforced);
    await guardAt((slot + 1) * 10);
    // Killed after it has stored, and another one that begins anew.
    await guardAt((slot + 1) * 10 + 1);
  }
  const kept = await store.getEnforcement(id);
  expect(kept).toMatchObject({ phase: "kept", progress: { watchedMs: 60_000 } });
  expect(kept?.progress?.policies[0]).toMatchObject({ evaluated: 600, acts: 0 });
  expect((await store.enforcementEvents(id))[0]?.reason).toBe("kept: as predicted over 60 s");
  expect((await store.getPolicy("shop", "limit"))?.resolvedMode.mode).toBe("enforce");
});

test("what denies more than predicted is taken back by itself, with the reason in the audit", async () => {
  const id = await enforce();
  await traffic(switchedMs, 6, 40, enforced);
  await guardAt(60);
  expect(await phase(id)).toBe("takenBack");
  expect((await store.getPolicy("shop", "limit"))?.resolvedMode).toEqual({ mode: "observe", origin: "mesh" });
  const [entry] = await store.listAudit({ limit: 1 });
  expect(entry).toMatchObject({
    ...{ author: "weir", action: "policy.put" },
    reason: expect.stringMatching(/acted on 40 % of 500 requests of shop\/web, 0 % were predicted/),
  });
});

test("a deny that comes to match all of a caller's requests instead of a third is taken back", async () => {
  await store.putPolicy(
    {
      ...{ kind: "authorization", namespace: "shop", name: "deny", targetRef: "cart", action: "deny" },
      rules: [{ from: [{ services: ["web"] }] }],
    },
    { author: "ada" },
  );
  switchedMs = Math.floor((Date.now() - 600_000) / slotMs) * slotMs;
  const window = { fromMs: switchedMs - 600_000, toMs: switchedMs };
  await sql`ALTER TABLE policy_revision DISABLE TRIGGER USER`;
  await sql`UPDATE policy_revision SET created_at = ${new Date(window.fromMs)}`; // as if it had been saved then
  await sql`ALTER TABLE policy_revision ENABLE TRIGGER USER`;
  await traffic(window.fromMs, 60, 33, { mode: "observe", revision: 1 }, deny);
  const atDeny = { ...at, name: "deny" };
  const prediction = await predictEnforcement(sql, await store.readMeshConfig(), atDeny, window);
  const gate = gateOf(prediction);
  expect(gate.denied).toMatchObject([{ denied: { atLeast: 1_980 }, requests: 6_000 }]);
  const consent = consentTo(gate);
  const budget = GuardBudget.parse({ forMs: 120_000 });
  const { id } = await store.startEnforcement({ author: "ada", at: atDeny, prediction, consent, budget });
  await sql`UPDATE enforcement SET created_at = ${new Date(switchedMs)}`;
  await traffic(switchedMs, 6, 33, enforced, deny);
  await guardAt(60);
  expect(await phase(id)).toBe("watching");
  await traffic(switchedMs + 6 * slotMs, 5, 100, enforced, deny);
  await guardAt(110);
  expect(await phase(id)).toBe("takenBack");
  expect((await store.enforcementEvents(id))[0]?.reason).toMatch(
    /policy shop\/deny: acted on .* of shop\/web, 33 % were predicted and 36\.4 % may be$/,
  );
});

test("two controllers at the same moment take it back once", async () => {
  const id = await enforce();
  await traffic(switchedMs, 6, 40, enforced);
  await Promise.all([guardAt(60), guardAt(60)]);
  expect((await store.enforcementEvents(id)).map(({ action }) => action)).toEqual(["takeBack", "start"]);
  expect((await store.getPolicy("shop", "limit"))?.policy.revision).toBe(3);
});

test("while nobody was there nothing is forgotten: the slots since are taken in by whoever comes", async () => {
  const id = await enforce();
  await traffic(switchedMs, 2, 40, enforced);
  await guardAt(20);
  expect((await store.getEnforcement(id))?.progress).toMatchObject({ toMs: switchedMs + slotMs });
  await traffic(switchedMs + 2 * slotMs, 4, 40, enforced);
  await guardAt(60);
  const taken = await store.getEnforcement(id);
  expect(taken?.progress?.policies[0]).toMatchObject({ evaluated: 500, acts: 200 });
  expect(taken?.phase).toBe("takenBack");
});

test.each`
  what                        | seconds   | reason
  ${"telemetry has stopped"}  | ${400}    | ${/^evidence is stale: nothing was heard for 6 min$/}
  ${"the clock jumped a day"} | ${86_400} | ${/stale/}
`("nothing is taken back while $what", async ({ seconds, reason }) => {
  const id = await enforce();
  await traffic(switchedMs, 6, 40, enforced);
  await guardAt(seconds);
  expect(await store.getEnforcement(id)).toMatchObject({
    phase: "watching",
    look: { reason: expect.stringMatching(reason) },
  });
});

test("on hold no policy acts, so no time of the watch passes", async () => {
  const id = await enforce();
  await store.setMeshHold(true, { author: "ada" });
  await traffic(switchedMs, 7, 0, { mode: "observe", revision: 2 });
  await guardAt(70);
  expect(await store.getEnforcement(id)).toMatchObject({
    ...{ phase: "watching", look: { reason: "the mesh is on hold: no policy acts" } },
    progress: { watchedMs: 0 },
  });
});

test("what came while the mesh was on hold is no evidence after it is released", async () => {
  const id = await enforce();
  await store.setMeshHold(true, { author: "ada" });
  await traffic(switchedMs, 3, 0, { mode: "observe", revision: 2 });
  await guardAt(31);
  await store.setMeshHold(false, { author: "ada" });
  await traffic(switchedMs + 3 * slotMs, 4, 0, enforced);
  await guardAt(71);
  const { progress } = (await store.getEnforcement(id))!;
  expect(progress).toMatchObject({ held: false, watchedMs: 10_000, policies: [{ evaluated: 100 }] });
  expect(progress?.services[0]).toMatchObject({ requests: 100 });
});

test("one that a later release has written is told of, and leaves no other unwatched", async () => {
  const id = await enforce();
  const [columns] = await sql<{ names: string }[]>`
    SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
    WHERE table_name = 'enforcement' AND column_name NOT IN ('id', 'budget', 'name')`;
  await sql.unsafe(
    `INSERT INTO enforcement (budget, name, ${columns?.names})
    SELECT budget || '{"quantum": true}', 'of-later', ${columns?.names} FROM enforcement`,
  );
  await traffic(switchedMs, 6, 40, enforced);
  await expect(guardAt(60)).rejects.toThrow(/^enforcement \d+ of policy\/shop\/of-later cannot be read/);
  expect(await phase(id)).toBe("takenBack");
});
