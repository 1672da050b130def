import { GuardBudget, type Prediction } from "@weir/rollout";
import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  presentCourse,
  type Sql,
} from "@weir/store";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepCoursesDuty } from "./keep-courses-duty.ts";

const [second, minute] = [1_000, 60_000];
const web = { namespace: "shop", service: "web", version: "v1" };
const cart = { namespace: "shop", service: "cart", version: "v1" };
const at = { scope: "policy", namespace: "shop", name: "limit" } as const;
const ada = { author: "ada" };

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
let id: number;
let switchedMs: number;
let endedMs: number;

/** Watched for five minutes, and kept an hour ago; a hundred requests in each ten seconds, from five minutes before to an hour after. */
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const workload = { namespace: "shop", service: "cart", version: "v1" };
  await store.registerSidecar(
    { proxyId: "cart-1", release: "0.1.0", workload },
    { controllerId: "c1", leaseMs: 60_000 },
  );
  await store.putPolicy(
    {
      ...{ kind: "rateLimit", namespace: "shop", name: "limit", targetRef: "cart" },
      ...{ maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1_000 },
    },
    ada,
  );
  endedMs = Math.floor((Date.now() - 60 * minute) / minute) * minute;
  switchedMs = endedMs - 5 * minute;
  id = (await store.startEnforcement({ ...ada, at, prediction: prediction(), consent, budget })).id;
  await store.keepEnforcement(id, ada);
  await sql`UPDATE enforcement SET created_at = ${new Date(switchedMs)}, ended_at = ${new Date(endedMs)}`;
  await traffic(switchedMs - 5 * minute, endedMs + 10 * minute);
});
afterEach(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

/** As sidecars count an answer whose HTTP went well and whose gRPC status is not OK. */
const grpcError = 6;
const consent = { denied: [], unproven: [] };
const budget = GuardBudget.parse({});

function prediction(): Prediction {
  const verdicts = [{ verdict: "allow", evaluated: 3_000, acts: 0 }];
  const callers = [
    { namespace: "shop", service: "web", evaluated: 3_000, acts: 0, verdicts },
    { namespace: "shop", service: "cron", evaluated: 0, acts: 0, verdicts: [] },
  ];
  return {
    ...{ fromMs: switchedMs - 5 * minute, toMs: switchedMs },
    policies: [
      {
        ...{ namespace: "shop", name: "limit", kind: "rateLimit", targetRef: "cart", revision: 1 },
        ...{ evaluated: 3_000, acts: 0, verdicts, callers },
      },
    ],
    services: [
      {
        ...{ namespace: "shop", service: "cart", requests: 3_000, failures: 0 },
        durations: { indexes: [-107], counts: [3_000] },
      },
    ],
  };
}

async function traffic(fromMs: number, toMs: number, statusClass = 2): Promise<void> {
  const times = Array.from(
    { length: (toMs - fromMs) / (10 * second) },
    (_, n) => fromMs + (n + 1) * 10 * second,
  );
  const policy = { namespace: "shop", name: "limit", kind: "rateLimit" };
  const request = {
    ...{ digest: crypto.getRandomValues(new Uint8Array(32)), accessLogs: [], logs: [], metricPoints: [] },
    edgePoints: times.map((timeMs) => ({
      ...{ timeMs, reporter: "source" as const, source: web, destination: cart, protocol: "http" },
      ...{
        method: "GET",
        statusClass,
        flag: "",
        requests: 100,
        requestBytes: 0,
        responseBytes: 0,
      },
      ...{ durationSumSeconds: 1, histogram: { indexes: [-107], counts: [100] }, exemplars: [] },
    })),
    decisionPoints: times.map((timeMs) => ({
      ...{ timeMs, source: web, destination: cart, verdict: "allow", evaluated: 100, wouldAct: 0, acted: 0 },
      policy: { ...policy, revision: timeMs > switchedMs ? 2 : 1 },
      mode: timeMs > switchedMs ? "enforce" : "observe",
    })),
  };
  await commitTelemetry(sql, { requests: [request] }, createTelemetryCaches());
}

const keepAt = (nowMs: number) =>
  keepCoursesDuty({ store, sql, now: () => nowMs }).run(new AbortController().signal);
const shownAt = async (nowMs: number) => presentCourse(sql, (await store.getEnforcement(id))!, nowMs);
const sumOf = async (nowMs: number) => {
  const { course, isFinal } = await shownAt(nowMs);
  const sum = (of: "observed" | "enforced") =>
    course.acts[0]?.steps.reduce((total, step) => total + step[of], 0);
  return [sum("observed"), sum("enforced"), isFinal];
};
/** As retention does. */
const forgetCounts = async () => {
  await sql`TRUNCATE decision_10s, decision_1h, edge_delta, edge_10s, edge_1m, edge_5m, edge_10m`;
  await sql`UPDATE rollup SET kept_from_ms = ${endedMs + 60 * minute}
    WHERE name IN ('decision_10s', 'decision_1h', 'edge_10s', 'edge_1m', 'edge_5m', 'edge_10m')`;
};
/** Of a policy that says nothing of some requests. */
const predictSilent = () => {
  const [policy] = prediction().policies;
  const silent = { ...prediction(), policies: [{ ...policy, requests: 3_000, evaluated: 1_500 }] };
  return sql`UPDATE enforcement SET prediction = ${JSON.stringify(silent)}::text::jsonb`;
};

test("what is over is kept at its end, and with what came after for good, when its counts are long gone", async () => {
  await keepAt(endedMs);
  const whole = endedMs + minute + 31 * second;
  await keepAt(whole);
  const before = await shownAt(whole);
  expect(before.isFinal).toBe(true);
  expect(before.course.toMs).toBe(endedMs + minute);
  expect(before.course.acts.map(({ callers }) => callers?.[0]?.service)).toEqual(["web", "cron"]);
  await forgetCounts();
  const later = await shownAt(endedMs + 30 * 24 * 60 * minute);
  expect(later).toEqual(before);
  expect(await sumOf(whole)).toEqual([3_000, 3_600, true]);
  const [service] = later.course.services;
  expect(service).toMatchObject({
    service: "cart",
    steps: expect.arrayContaining([{ rps: 10, failed: 0, p99: expect.any(Number) }]),
  });
  await expect(sql`UPDATE enforcement_course SET course = '{}'`).rejects.toThrow(/immutable/);
  await expect(sql`DELETE FROM enforcement_course`).rejects.toThrow(/immutable/);
});

test("what was kept at its end is not lost where the counts go before the rest of it came", async () => {
  await keepAt(endedMs);
  expect(await sumOf(endedMs)).toEqual([3_000, 3_000, false]);
  await forgetCounts();
  await keepAt(endedMs + 120 * minute);
  expect(await sumOf(endedMs + 120 * minute)).toEqual([3_000, 3_000, true]);
});

test("while telemetry is held up, it is drawn anew once a minute, not in each run", async () => {
  await sql`DELETE FROM edge_delta`;
  await sql`DELETE FROM edge_10s`;
  const keptAfterMs = async (ms: number) => {
    await keepAt(endedMs + ms);
    const [row] = await sql<{ at: Date; isFinal: boolean }[]>`
      SELECT kept_at AS at, is_final AS "isFinal" FROM enforcement_course`;
    return row && [row.at.getTime() - endedMs, row.isFinal];
  };
  expect(await keptAfterMs(100 * second)).toEqual([100 * second, false]);
  expect(await keptAfterMs(110 * second)).toEqual([100 * second, false]);
  expect(await keptAfterMs(159 * second)).toEqual([100 * second, false]);
  expect(await keptAfterMs(160 * second)).toEqual([160 * second, false]);
  await traffic(endedMs, endedMs + 10 * minute);
  expect(await keptAfterMs(220 * second)).toEqual([220 * second, true]);
});

test("of a policy that is asked only where it matches, the chart's shares are of all requests", async () => {
  await predictSilent();
  await sql`UPDATE decision_10s SET evaluated = 25, acted = 25`;
  const { course } = await shownAt(endedMs);
  expect(course.acts[0]?.steps.at(-1)).toEqual({ observed: 0, wouldAct: 0, enforced: 1_000 / 10, acted: 25 });
  await sql`DELETE FROM decision_10s`;
  expect(await sumOf(endedMs), "where it matched nothing, too").toEqual([3_000, 3_000, false]);
});

test("of a time of which no decisions are kept, nobody says that it acted on none of its requests", async () => {
  await predictSilent();
  const keptFromMs = switchedMs + 15 * second; // within an interval
  await sql`DELETE FROM decision_10s WHERE slot_ms < ${keptFromMs}`;
  await sql`UPDATE rollup SET kept_from_ms = ${keptFromMs} WHERE name = 'decision_10s'`;
  expect(await sumOf(endedMs)).toEqual([0, 3_000 - 2 * 100, false]);
});

test("after a watch that ended because somebody turned the switch, what it judged next tells what it did", async () => {
  await predictSilent();
  await sql`UPDATE enforcement SET phase = 'ended'`;
  await judgedOnly("observe", endedMs + 30 * second);
  const { course } = await shownAt(endedMs + 10 * minute);
  expect(course.acts[0]?.steps.slice(-6)).toEqual([
    ...[gap, gap, gap], // somebody set it to anything
    ...Array(3).fill({ observed: 100, wouldAct: 0, enforced: 0, acted: 0 }),
  ]);
});

test("where nobody watches, what it judged last tells what it did", async () => {
  await predictSilent();
  await sql`UPDATE enforcement SET phase = 'unguarded', budget = NULL, progress = NULL`;
  await judgedOnly("observe", switchedMs + 2 * minute);
  const { course } = await shownAt(switchedMs + 5 * minute);
  expect(course.acts[0]?.steps.slice(-30)).toEqual([
    ...Array(12).fill({ observed: 0, wouldAct: 0, enforced: 100, acted: 0 }),
    ...Array(18).fill({ observed: 100, wouldAct: 0, enforced: 0, acted: 0 }),
  ]);
});

const gap = { observed: 0, wouldAct: 0, enforced: 0, acted: 0 };
/** Since the switch the policy has said nothing but once, in this mode. */
async function judgedOnly(mode: string, slotMs: number): Promise<void> {
  await sql`DELETE FROM decision_10s WHERE slot_ms >= ${switchedMs} AND slot_ms <> ${slotMs}`;
  await sql`UPDATE decision_10s SET series_id = (SELECT id FROM decision_series WHERE mode = ${mode})
    WHERE slot_ms = ${slotMs}`;
}

test("what fails in the charts is what fails for the guard, gRPC errors too", async () => {
  await traffic(switchedMs - 5 * minute, endedMs, grpcError);
  const { course } = await shownAt(endedMs);
  expect(course.services[0]?.steps.map(({ failed }) => failed)).toEqual(Array(60).fill(0.5));
});

test("what nobody watches is kept an hour after the switch, and what is watched not at all", async () => {
  const unguarded = { scope: "service", namespace: "shop", name: "cart" } as const;
  const none = { ...prediction(), policies: [] };
  const bare = await store.startEnforcement({ ...ada, at: unguarded, prediction: none, consent });
  await sql`INSERT INTO enforcement (scope, namespace, name, phase, prediction, config_revision, created_by)
    SELECT scope, namespace, 'watched', 'watching', prediction, 1, 'ada' FROM enforcement WHERE id = ${id}`;
  const switchedMs = bare.createdAt.getTime();
  await keepAt(switchedMs + 59 * minute);
  expect(await kept()).toEqual([id]);
  await keepAt(switchedMs + 60 * minute);
  expect(await kept()).toEqual([id, bare.id]);
});

test("one that cannot be read keeps no other from being kept", async () => {
  const [unreadable] = await sql<{ id: number }[]>`
    INSERT INTO enforcement (scope, namespace, name, phase, prediction, budget, config_revision, created_by, ended_at)
    SELECT scope, namespace, 'of-later', phase, prediction, budget || '{"quantum": true}', 1, 'ada', ended_at
    FROM enforcement WHERE id = ${id} RETURNING id`;
  await expect(keepAt(endedMs)).rejects.toThrow(`course of enforcement ${unreadable?.id}: `);
  expect(await kept()).toEqual([id]);
});

const kept = async () =>
  (await sql`SELECT enforcement_id AS id FROM enforcement_course ORDER BY 1`).map((row) => row.id);
