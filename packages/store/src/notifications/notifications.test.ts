import { auditSentence, NotificationTarget, type TargetChange, ValidationError } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ConfigStore } from "../config/config-store.ts";
import { NotFound } from "../config/not-found.ts";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";

let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
});
afterEach(async () => {
  await sql`DELETE FROM notification`;
  await sql`DELETE FROM notification_target`;
  await store.setMeshHold(false, by);
});
afterAll(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

const by = { author: "ada", reason: "a drill" };

function targetOf(given: Partial<NotificationTarget> = {}): NotificationTarget {
  return NotificationTarget.parse({
    ...{ name: "on call", url: "https://hooks.example.com/x", format: "json" },
    ...{ topics: ["config"], leastSeverity: "info", ...given },
  });
}

/** Of all but the format, which stays. */
function changeOf(given: Partial<NotificationTarget> = {}): TargetChange {
  const { format: _, ...change } = targetOf(given);
  return change;
}

test("a change is told in the transaction that makes it, to whoever wants to hear of it", async () => {
  await store.setMeshHold(true, by); // nobody listens yet
  const { id, secret } = await store.addTarget(targetOf(), by);
  await store.addTarget(targetOf({ name: "rollouts only", topics: ["rollout"] }), by);
  await store.addTarget(targetOf({ name: "the worst only", leastSeverity: "critical" }), by);
  await store.setMeshHold(false, by);
  await store.setMeshHold(false, by); // no change
  expect(await store.dueDeliveries()).toMatchObject([
    {
      ...{ queue: `target ${id}`, attempts: 0, isTest: false },
      to: { name: "on call", url: "https://hooks.example.com/x", format: "json", secret },
      notification: {
        ...{
          uid: expect.stringMatching(/^[0-9a-f]{32}$/),
          type: "mesh.hold",
          topic: "config",
          path: "/mesh",
        },
        ...{ title: "hold of the mesh released", text: "by ada: a drill", severity: "info" },
        data: { action: "mesh.hold", subject: "mesh", before: true, after: false, author: "ada" },
      },
    },
  ]);
});

test("a change that is rolled back is not told", async () => {
  await store.addTarget(targetOf(), by);
  await sql`ALTER TABLE mesh ADD CONSTRAINT never CHECK (NOT hold)`;
  await expect(store.setMeshHold(true, by)).rejects.toThrow();
  await sql`ALTER TABLE mesh DROP CONSTRAINT never`;
  expect(await store.dueDeliveries()).toEqual([]);
});

test("of a queue the first is due, and one that is to be tried later holds up those behind it", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  const other = await store.addTarget(targetOf({ name: "another" }), by);
  await store.setMeshHold(true, by);
  await store.setMeshHold(false, by);
  const [first, ofOther] = await store.dueDeliveries();
  expect([first?.queue, ofOther?.queue]).toEqual([`target ${id}`, `target ${other.id}`]);
  await store.recordAttempt(first!, {
    ...{ outcome: { retryMs: 600_000 }, status: 503, error: "b\0usy\ud800" },
  });
  expect(await store.dueDeliveries()).toMatchObject([{ queue: `target ${other.id}` }]);
  expect(await store.nextDelivery(`target ${id}`)).toBeUndefined();
  expect((await store.listDeliveries(id, 10)).at(-1)?.error).toBe("b\uFFFDusy\uFFFD");
  await store.recordAttempt({ ...first!, attempts: 1 }, { outcome: "delivered", status: 200 });
  expect((await store.nextDelivery(`target ${id}`))?.notification.title).toBe("hold of the mesh released");
  expect(await store.listDeliveries(id, 10)).toMatchObject([
    { title: "hold of the mesh released", state: "waiting", attempts: 0, attemptedAt: undefined },
    { title: "mesh put on hold", state: "delivered", attempts: 2, status: 200 },
  ]);
});

test("a paused target is told nothing, not even later; a test goes out all the same and past what waits", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  await store.setMeshHold(true, by);
  await store.pauseTarget(id, true, by);
  await store.setMeshHold(false, by);
  expect(await store.dueDeliveries()).toEqual([]);
  const testId = await store.testTarget(id, by);
  expect(await store.dueDeliveries()).toMatchObject([{ id: testId, isTest: true, to: { name: "on call" } }]);
  expect(await store.getDelivery(testId)).toMatchObject({ type: "test", state: "waiting", attempts: 0 });
  await store.recordAttempt({ id: testId, attempts: 0 }, { outcome: "failed", error: "no such host" });
  await store.pauseTarget(id, false, by);
  expect(await store.dueDeliveries()).toMatchObject([{ notification: { title: "mesh put on hold" } }]);
  expect(await store.listTargets()).toMatchObject([
    { name: "on call", waiting: 1, paused: false, last: { state: "failed", error: "no such host" } },
  ]);
});

test("a target is changed, gets another secret, and is removed with what waits for it", async () => {
  const { id, secret } = await store.addTarget(targetOf(), by);
  await store.changeTarget(id, changeOf({ name: "renamed", url: "http://127.0.0.1:1/" }), by);
  const renewed = await store.renewTargetSecret(id, by);
  expect([secret, renewed]).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)]);
  expect(renewed).not.toBe(secret);
  await store.setMeshHold(true, by);
  expect(await store.dueDeliveries()).toMatchObject([
    { to: { name: "renamed", url: "http://127.0.0.1:1/", secret: renewed } },
  ]);
  expect(JSON.stringify(await store.listTargets())).not.toContain("whsec_");
  await store.removeTarget(id, by);
  await store.removeTarget(id, by);
  expect(await store.dueDeliveries()).toEqual([]);
  for (const refused of [
    store.pauseTarget(id, true, by),
    store.changeTarget(id, changeOf(), by),
    store.testTarget(id, by),
  ])
    await expect(refused).rejects.toBeInstanceOf(NotFound);
});

test("a token is sent to no other server than the one that it was given for", async () => {
  const grafana = { format: "grafana" as const, url: "https://grafana.example/", token: "glsa_right" };
  const { id } = await store.addTarget(targetOf(grafana), by);
  const { topics, leastSeverity } = targetOf();
  const moved = (url: string, token?: string) =>
    store.changeTarget(id, { name: "ops", topics, leastSeverity, url, ...(token && { token }) }, by);
  await expect(moved("https://evil.example/")).rejects.toMatchObject({ code: "VALIDATION" });
  await moved("https://grafana.example/sub");
  await moved("https://other.example/", "glsa_other");
});

const secretUrl = "https://hooks.slack.com/services/T0000/B0000/s3cretpath";

test("who is told, and where, is changed with an entry in the audit that hides every address and secret", async () => {
  const { revision } = await store.readMeshConfig();
  const { id } = await store.addTarget(targetOf({ url: secretUrl }), by);
  const { topics, leastSeverity } = targetOf();
  await store.changeTarget(id, { name: "ops", topics, leastSeverity }, { author: "bob" });
  await store.changeTarget(id, { name: "ops", topics, leastSeverity }, { author: "bob" }); // no change
  const moved = { name: "ops", topics, leastSeverity, url: secretUrl.replace("T0000", "T1111") };
  await store.changeTarget(id, moved, { author: "bob", reason: "another channel" });
  await store.pauseTarget(id, true, by);
  await store.pauseTarget(id, true, by); // no change
  await store.pauseTarget(id, false, by);
  await store.renewTargetSecret(id, by);
  await store.testTarget(id, by);
  await store.removeTarget(id, by);
  await store.removeTarget(id, by); // gone already
  const window = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000, limit: 50 };
  const entries = (await store.listChanges(window))
    .flatMap((change) => (change.kind === "audit" ? [change.entry] : []))
    .filter(({ configRevision }) => configRevision > revision)
    .reverse();
  const hidden = "https://hooks.slack.com/…path";
  expect(entries.map((entry) => `${entry.author}: ${auditSentence(entry)}`)).toEqual([
    `ada: target on call added: json to ${hidden}`,
    "bob: target on call changed: name on call → ops",
    `bob: target ops changed: address ${hidden} → ${hidden} (another one)`,
    "ada: target ops paused",
    "ada: target ops told again",
    "ada: target ops has another secret",
    "ada: target ops was sent a test",
    `ada: target ops removed: json to ${hidden}`,
  ]);
  expect(entries[2]).toMatchObject({ reason: "another channel", before: { id, address: hidden } });
  expect(JSON.stringify(entries)).not.toMatch(/s3cret|whsec_|T0000/);
});

test("a target that is refused leaves no entry in the audit", async () => {
  await store.addTarget(targetOf(), by);
  const [last] = await store.listAudit({ limit: 1 });
  await expect(store.addTarget(targetOf(), by)).rejects.toBeInstanceOf(ValidationError);
  await expect(store.addTarget(targetOf({ name: "x" }), { author: "weir" })).rejects.toThrow("author");
  expect(await store.listAudit({ limit: 1 })).toEqual([last]);
  expect(await store.listTargets()).toHaveLength(1);
});

test("of an address nothing is listed that could be sent to", async () => {
  await store.addTarget(targetOf({ url: secretUrl }), by);
  expect(await store.listTargets()).toMatchObject([{ address: "https://hooks.slack.com/…path" }]);
  expect(JSON.stringify(await store.listTargets())).not.toContain("s3cret");
  expect((await store.dueDeliveries())[0]).toBeUndefined();
});

test("Slack's format has no secret; a name is of one target; a hundred are enough", async () => {
  const slack = await store.addTarget(targetOf({ format: "slack" }), by);
  expect(slack.secret).toBeUndefined();
  await expect(store.renewTargetSecret(slack.id, by)).rejects.toBeInstanceOf(NotFound);
  await expect(store.addTarget(targetOf(), by)).rejects.toBeInstanceOf(ValidationError);
  await sql`INSERT INTO notification_target (name, url, format, topics, least_severity, created_by)
    SELECT 't' || n, 'http://x', 'slack', '{config}', 'critical', 'ada' FROM generate_series(1, 99) n`;
  await expect(store.addTarget(targetOf({ name: "one more" }), by)).rejects.toThrow("100 targets already");
});

test("an attempt is recorded once, by whoever made it first, and what was delivered stays so", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  await store.setMeshHold(true, by);
  const [due] = await store.dueDeliveries();
  const retry = { outcome: { retryMs: 0 }, error: "answered 503" } as const;
  await store.recordAttempt(due!, retry);
  await store.recordAttempt(due!, retry); // once more, for a connection that broke
  expect(await store.listDeliveries(id, 1)).toMatchObject([{ attempts: 1, state: "waiting" }]);
  await store.recordAttempt(due!, { outcome: "delivered", status: 200 }); // of another controller, which was slower
  await store.recordAttempt({ ...due!, attempts: 1 }, { ...retry, outcome: "failed" });
  expect(await store.listDeliveries(id, 1)).toMatchObject([{ state: "delivered", status: 200 }]);
  await store.recordAttempt({ id: 2 ** 31 - 1, attempts: 0 }, retry); // its target was removed meanwhile
});

test("a database whose clock was put back holds nobody up", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  await store.setMeshHold(true, by);
  await sql`UPDATE delivery SET next_attempt_at = now() + interval '50 minutes'`; // as Retry-After may ask
  expect(await store.dueDeliveries()).toEqual([]);
  await sql`UPDATE delivery SET next_attempt_at = now() + interval '3 hours'`;
  expect(await store.dueDeliveries()).toMatchObject([{ queue: `target ${id}` }]);
});

test("what waits while its target is paused is not given up, and has its day once it is told again", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  await store.setMeshHold(true, by);
  await store.pauseTarget(id, true, by);
  await store.testTarget(id, by);
  await sql`UPDATE delivery SET waiting_since = now() - interval '25 hours'`;
  expect(await store.trimDeliveries()).toBe(1); // the test, which does not wait for that
  await store.pauseTarget(id, false, by);
  expect(await store.trimDeliveries()).toBe(0);
  const [due] = await store.dueDeliveries();
  expect(due?.notification.title).toBe("mesh put on hold");
  expect(due?.waitedMs).toBeLessThan(60_000);
});

test("what has waited for a day, or behind a thousand newer ones, is given up and says so", async () => {
  const { id } = await store.addTarget(targetOf(), by);
  await store.setMeshHold(true, by);
  const [first] = await store.dueDeliveries();
  await store.recordAttempt(first!, { outcome: { retryMs: 0 }, error: "refused" });
  expect(await store.trimDeliveries()).toBe(0);
  await sql`UPDATE delivery SET waiting_since = now() - interval '25 hours'`;
  expect(await store.trimDeliveries()).toBe(1);
  expect(await store.listDeliveries(id, 1)).toMatchObject([
    { state: "failed", error: "given up after a day, refused" },
  ]);
  await sql`WITH n AS (INSERT INTO notification (topic, type, severity, title, text, path, data)
      SELECT 'config', 'test', 'info', 'n' || i, '', '/', '{}' FROM generate_series(1, 1002) i RETURNING id)
    INSERT INTO delivery (notification_id, target_id, queue) SELECT id, ${id}, ${`target ${id}`} FROM n ORDER BY id`;
  expect(await store.trimDeliveries()).toBe(2);
  expect((await store.dueDeliveries())[0]?.notification.title).toBe("n3");
  await sql`UPDATE notification SET at = now() - interval '31 days'`;
  await store.trimDeliveries();
  expect(await store.listDeliveries(id, 10)).toEqual([]);
});

test("what others say that Postgres cannot keep is told all the same, and a name of it is refused", async () => {
  await store.addTarget(targetOf(), by);
  const odd = "a\0b\ud800";
  const telling = {
    type: "odd",
    severity: "info",
    title: odd,
    text: odd,
    path: "/",
    data: { [odd]: odd },
  } as const;
  await store.recordAlerts([], [], [{ topic: "config", ...telling }]);
  const kept = "a\uFFFDb\uFFFD";
  expect(await store.dueDeliveries()).toMatchObject([
    { notification: { title: kept, text: kept, data: { [kept]: kept } } },
  ]);
  for (const given of [{ name: "a\0b" }, { name: "a\ud800" }, { url: "https://a.b/\0" }])
    await expect(store.addTarget({ ...targetOf(), ...given }, by)).rejects.toThrow("no zero byte");
});

test("states of what is watched are kept, and what is told once is told once", async () => {
  await store.addTarget(targetOf({ topics: ["version", "health"] }), by);
  const alert = {
    ...{ subject: "service/shop/cart", state: "failing", sinceMs: 1_000, seenMs: 3_000 },
    ...{ seeming: "ok", seemingSinceMs: 2_000 },
  };
  const seen = {
    ...({ topic: "version", type: "version.seen", severity: "info", title: "v2 is new", text: "" } as const),
    ...{ path: "/", data: {}, once: "version shop/cart v2" },
  };
  await store.recordAlerts([alert], [], [seen, seen]);
  await store.recordAlerts([{ ...alert, seeming: undefined, seemingSinceMs: undefined }], [], [seen]);
  expect(await store.listAlerts()).toEqual([{ ...alert, seeming: undefined, seemingSinceMs: undefined }]);
  const [due] = await store.dueDeliveries();
  expect(due?.notification.title).toBe("v2 is new");
  await store.recordAttempt(due!, { outcome: "delivered" });
  expect(await store.dueDeliveries()).toEqual([]);
  await store.recordAlerts([], [alert.subject], []);
  expect(await store.listAlerts()).toEqual([]);
});
