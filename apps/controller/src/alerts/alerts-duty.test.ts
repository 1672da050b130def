import { NotificationTarget, notificationTopics } from "@weir/domain";
import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  type Sql,
  spanBlockOf,
} from "@weir/store";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { alertsDuty } from "./alerts-duty.ts";

const slotMs = 10_000;
const by = { author: "ada" };
let database: TestDatabase;
let store: ConfigStore;
let sql: Sql;
let caches: ReturnType<typeof createTelemetryCaches>;
/** The duty's clock; the traffic's is as far behind the database's as keeps it in the past. */
let nowMs: number;

beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  caches = createTelemetryCaches();
  nowMs = Math.floor((Date.now() - 3_600_000) / slotMs) * slotMs;
  await addTarget();
});
afterEach(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

const addTarget = () =>
  store.addTarget(
    NotificationTarget.parse({
      ...{ name: "on call", url: "http://x", format: "json" },
      ...{ topics: [...notificationTopics], leastSeverity: "info" },
    }),
    by,
  );

const register = (version: string) =>
  store.registerSidecar(
    {
      proxyId: `cart-${version}`,
      release: "0.1.0",
      workload: { namespace: "shop", service: "cart", version },
    },
    { controllerId: "c1", leaseMs: 600_000 },
  );

/** A slot of a hundred requests to `shop/cart`, or to another service, so many of them failed. */
async function slot(failed: number, service = "cart"): Promise<void> {
  nowMs += slotMs;
  const point = {
    ...{ timeMs: nowMs, reporter: "source" as const, protocol: "http", method: "GET", flag: "" },
    source: { namespace: "shop", service: "web", version: "v1" },
    destination: { namespace: "shop", service, version: "v1" },
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 1, exemplars: [] },
  };
  const parts = [
    { statusClass: 2 as const, requests: 100 - failed },
    { statusClass: 5 as const, requests: failed },
  ].filter(({ requests }) => requests > 0);
  await commitTelemetry(
    sql,
    {
      requests: [
        {
          ...{ digest: crypto.getRandomValues(new Uint8Array(32)), spans: spanBlockOf([]) },
          ...{ accessLogs: [], logs: [], metricPoints: [], decisionPoints: [] },
          edgePoints: parts.map((part) => ({
            ...point,
            ...part,
            histogram: { indexes: [-107], counts: [part.requests] },
          })),
        },
      ],
    },
    caches,
  );
}

/** A look by a controller that knows nothing of those before it. */
const look = () => alertsDuty({ store, sql, now: () => nowMs }).run(new AbortController().signal);

/** Slots with a look after each. */
async function pass(slots: number, failed: number): Promise<void> {
  for (let at = 0; at < slots; at++) {
    await slot(failed);
    await look();
  }
}

async function told(): Promise<string[]> {
  const found: string[] = [];
  for (let [due] = await store.dueDeliveries(); due; [due] = await store.dueDeliveries()) {
    found.push(`${due.notification.severity}: ${due.notification.title}`);
    await store.recordAttempt(due, { outcome: "delivered" });
  }
  return found;
}

test("a service that fails for a while is told once, and again when it has been well for long", {
  timeout: 60_000,
}, async () => {
  await pass(3, 0);
  await pass(2, 40);
  expect(await told()).toEqual([]);
  await pass(12, 40);
  const [due] = await store.dueDeliveries();
  expect(due?.notification).toMatchObject({
    ...{ type: "service.failing", path: "/services/shop/cart", topic: "health" },
    text: expect.stringMatching(/^\d\d % of [56]00 requests within a minute failed \(5xx or no answer\)$/),
  });
  expect(await told()).toEqual(["critical: shop/cart is failing"]);
  await pass(10, 0);
  expect(await told()).toEqual([]);
  await pass(32, 0);
  expect(await told()).toEqual(["info: shop/cart is well again"]);
});

test("telemetry that stops is told once, and that it flows again", async () => {
  await pass(1, 0);
  for (const _ of [1, 2, 3, 4]) {
    nowMs += 30_000;
    await look();
  }
  expect(await told()).toEqual(["critical: no telemetry of requests comes any more"]);
  await pass(4, 0);
  expect(await told()).toEqual(["info: telemetry of requests flows again"]);
});

test("sidecars that refuse are told once together, and that none does any more", async () => {
  await register("v1");
  await register("v2");
  await told();
  const ids = ["cart-v1", "cart-v2"];
  await store.recordWanted(ids, "abc", 1);
  for (const proxyId of ids)
    await store.recordAcknowledgements([
      { acknowledgement: { proxyId, version: "abc", error: "no such <field>" } },
    ]);
  nowMs = Date.now() - 3_600_000;
  await look();
  await look();
  expect((await store.dueDeliveries())[0]?.notification.text).toBe("cart v1: no such <field>");
  expect(await told()).toEqual(["warning: 2 sidecars refuse what the controller sends to shop"]);
  for (const proxyId of ids)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "abc" } }]);
  await look();
  expect(await told()).toEqual(["info: no sidecar of shop refuses any more"]);
});

test("a version that is met for the first time is told once, whoever looks", async () => {
  nowMs = Date.now();
  await look(); // what was there when the first one looked is no news
  await register("v1");
  nowMs = Date.now() + 1;
  await Promise.all([look(), look()]);
  await register("v2");
  nowMs = Date.now() + 1;
  await look();
  await look();
  expect(await told()).toEqual([
    "info: service shop/cart is new, at version v1",
    "info: version v2 of shop/cart is new",
  ]);
});

test("versions are told however much else is changed at the same time, and however many they are", async () => {
  nowMs = Date.now();
  await look();
  await register("v1");
  await sql`
    INSERT INTO audit_entry (at, config_revision, author, action, subject)
    SELECT now(), 1, 'bob', 'mesh.hold', 'mesh' FROM generate_series(1, 300)`;
  await sql`
    INSERT INTO telemetry_service (namespace, name, version, first_seen)
    SELECT 'shop', 'web', 'v' || n, now() + n * interval '1 ms' FROM generate_series(1, 300) n`;
  nowMs = Date.now() + 1_000;
  await look();
  const [first, ...others] = await told();
  expect(first).toBe("info: service shop/cart is new, at version v1");
  expect(others).toHaveLength(300);
  expect(others.at(-1)).toBe("info: version v300 of shop/web is new");
});

test("whoever is added first is told of no version that was there before", async () => {
  for (const { id } of await store.listTargets()) await store.removeTarget(id, by);
  nowMs = Date.now();
  await addTarget();
  await look();
  for (const { id } of await store.listTargets()) await store.removeTarget(id, by);
  await look(); // nobody to tell, nothing to look at
  await register("v1");
  await addTarget();
  nowMs = Date.now() + 1;
  await look();
  expect(await told()).toEqual([]);
});

test("what seemed so before the controller was away counts from when it is back", async () => {
  await pass(3, 0);
  await pass(2, 40);
  nowMs += 1_800_000;
  await pass(2, 40);
  expect(await told()).toEqual([]);
  await pass(3, 40);
  expect(await told()).toEqual(["critical: shop/cart is failing"]);
});

test("a service is silent once it was watched for long enough, and not because nobody looked", async () => {
  await pass(10, 40);
  expect(await told()).toEqual(["critical: shop/cart is failing"]);
  nowMs += 1_200_000;
  await slot(0, "web");
  await look();
  expect(await told()).toEqual([]);
  for (let slots = 0; slots < 91; slots++) {
    await slot(0, "web");
    if (slots % 5 === 0) await look();
  }
  expect(await told()).toEqual(["info: shop/cart gets no requests any more"]);
});

test("what an earlier release kept of its looks is removed", async () => {
  await sql`INSERT INTO alert (subject, state, since, seen) VALUES ('versions', 'seen', now(), now())`;
  await pass(1, 0);
  await pass(1, 0);
  expect((await store.listAlerts()).map(({ subject }) => subject)).not.toContain("versions");
});

test("where nobody is told, nothing is looked at", async () => {
  for (const { id } of await store.listTargets()) await store.removeTarget(id, by);
  await pass(2, 100);
  expect(await store.listAlerts()).toEqual([]);
});
