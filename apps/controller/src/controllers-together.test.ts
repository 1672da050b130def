import { type ConfigStore, openConfigStore, openSql } from "@weir/store";
import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Controller } from "./controller.ts";
import { type CuttableRelay, startCuttableRelay } from "./testing/cuttable-relay.ts";
import { startTestController } from "./testing/start-test-controller.ts";
import { helloOf, TestSidecar } from "./testing/test-sidecar.ts";
import type { Timings } from "./timings.ts";

// Several waits, one after the other.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let store: ConfigStore;
let cleanups: (() => Promise<unknown>)[];

beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  cleanups = [() => database.drop(), () => store.close()];
});

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function start(
  databaseUrl = database.databaseUrl,
  timings: Partial<Timings> = {},
  port = 0,
): Promise<Controller> {
  const controller = await startTestController(databaseUrl, timings, port);
  cleanups.push(() => controller.stop());
  return controller;
}

async function connect({ port }: Controller, ...args: Parameters<typeof helloOf>): Promise<TestSidecar> {
  const sidecar = await TestSidecar.connect(port, helloOf(...args));
  cleanups.push(() => sidecar.kill());
  return sidecar;
}

async function relay(): Promise<CuttableRelay> {
  const made = await startCuttableRelay(database.databaseUrl);
  cleanups.push(() => made.cut().catch(() => undefined));
  return made;
}

async function readiness({ port }: Controller): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/readyz`);
  return `${answer.statusCode} ${(await answer.body.text()).trim()}`;
}

/** How often a sidecar was told that the service has other addresses than these. */
const sawOtherThan = (sidecar: TestSidecar, from: number, service: string, addresses: string[]) =>
  sidecar.snapshots
    .slice(from)
    .map((s) => s.content.services.find((x) => x.name === service)?.endpoints.map((e) => e.address) ?? [])
    .filter((seen) => JSON.stringify(seen) !== JSON.stringify(addresses));

/** As if that much time had passed for them. */
async function leasesOfDeadRunOut(): Promise<void> {
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE endpoint SET lease_until = now() - interval '1 second'
    WHERE proxy_id IN (SELECT proxy_id FROM sidecar WHERE controller_id = 'dead')`;
  await sql`UPDATE sidecar SET lease_until = now() - interval '1 second' WHERE controller_id = 'dead'`;
  await sql.end();
}

const hold = (held: boolean) => store.setMeshHold(held, { author: "tester" });
const modeOf = (sidecar: TestSidecar, service: string, mode: string) =>
  waitFor(() => sidecar.service(service)?.mode === mode, { what: `${sidecar.hello.proxyId} to see ${mode}` });

describe("two controllers on one database", () => {
  test("each serves its own sidecars, and all see each other's endpoints and every change", async () => {
    const [a, b] = [await start(), await start()];
    const web = await connect(a, "web", 9001);
    const cart = await connect(b, "cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    await cart.sees("web", ["127.0.0.1:9001"]);
    await waitFor(() => web.snapshots.at(-1)?.version === cart.snapshots.at(-1)?.version, {
      what: "one version",
    });
    await store.setMeshMode("enforce", { author: "tester" });
    await modeOf(web, "cart", "enforce");
    await modeOf(cart, "cart", "enforce");
    await cart.kill();
    await web.sees("cart", []);
  });

  test("a sidecar that moves to the other keeps its endpoint when the first notices that it left", async () => {
    const [a, b] = [await start(), await start()];
    const web = await connect(a, "web", 9001);
    const before = await connect(a, "cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    await connect(b, "cart", 9002);
    await waitFor(
      async () =>
        (await store.listSidecars()).some(
          (s) => s.proxyId === "cart-9002" && s.controllerId === b.controllerId,
        ),
      { what: "the move" },
    );
    await before.kill();
    // What a takes up after the death of that stream comes after its release.
    const marker = await connect(a, "marker", 9003);
    await web.sees("marker", ["127.0.0.1:9003"]);
    expect(web.addresses("cart")).toEqual(["127.0.0.1:9002"]);
    expect(marker.addresses("cart")).toEqual(["127.0.0.1:9002"]);
  });

  test("endpoints of a controller that died with its sidecars end with their leases", async () => {
    const b = await start(database.databaseUrl, { renewMs: 300 });
    const web = await connect(b, "web", 9001);
    await store.registerSidecar(helloOf("cart", 9002), { controllerId: "dead", leaseMs: 60_000 });
    await web.sees("cart", ["127.0.0.1:9002"]);
    await leasesOfDeadRunOut();
    await web.sees("cart", []);
    expect(web.addresses("web")).toEqual(["127.0.0.1:9001"]);
  });
});

describe("a controller that restarts", () => {
  test("no sidecar is ever told that another is gone", async () => {
    // One that nobody else is given before the second is there.
    const first = await start(database.databaseUrl, {}, await freePort());
    const [web, cart] = [await connect(first, "web", 9001), await connect(first, "cart", 9002)];
    await web.sees("cart", ["127.0.0.1:9002"]);
    await cart.sees("web", ["127.0.0.1:9001"]);
    await first.stop();
    await waitFor(() => web.ended && cart.ended, { what: "both streams to end" });
    expect(await store.liveEndpoints()).toHaveLength(2);
    const second = await start(database.databaseUrl, {}, first.port);
    const webAgain = await connect(second, "web", 9001, { snapshotVersion: web.snapshots.at(-1)!.version });
    await waitFor(() => webAgain.messages.length > 0, { what: "an answer" });
    expect(webAgain.messages[0]?.type).toBe("current");
    const cartAgain = await connect(second, "cart", 9002);
    await hold(true);
    await store.setMeshMode("enforce", { author: "tester" });
    await hold(false);
    await modeOf(webAgain, "cart", "enforce");
    await modeOf(cartAgain, "cart", "enforce");
    for (const sidecar of [web, webAgain, cartAgain]) {
      const since = sidecar.snapshots.findIndex((s) => s.content.services.some((x) => x.name === "cart"));
      if (since >= 0) expect(sawOtherThan(sidecar, since, "cart", ["127.0.0.1:9002"])).toEqual([]);
    }
  });

  test("after a downtime longer than the leases it waits for the sidecars before it says who is there", async () => {
    // Another controller, far from its next renewal, shows what the table says meanwhile.
    const other = await start(database.databaseUrl, { renewMs: 60_000, leaseMs: 120_000 });
    const witness = await connect(other, "witness", undefined);
    const lease = { controllerId: "dead", leaseMs: 1 };
    for (const hello of [helloOf("web", 9001), helloOf("cart", 9002)])
      await store.registerSidecar(hello, lease);
    await waitFor(async () => (await store.liveEndpoints()).length === 0, { what: "the leases to run out" });
    // Longer than both take to register, on a busy machine too.
    const controller = await start(database.databaseUrl, { settleMs: 5_000 });
    expect(await readiness(controller)).toMatch(/^503 not ready: no snapshot yet/);
    const web = await connect(controller, "web", 9001);
    await witness.sees("web", ["127.0.0.1:9001"]);
    await connect(controller, "cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    expect(sawOtherThan(web, 0, "cart", ["127.0.0.1:9002"])).toEqual([]);
    expect(sawOtherThan(web, 0, "web", ["127.0.0.1:9001"])).toEqual([]);
    expect(await readiness(controller)).toBe("200 ready");
  });
});

describe("a database that is away", () => {
  test("sidecars are served the last snapshot, even new ones, and all is made up for when it is back", async () => {
    const way = await relay();
    const controller = await start(way.databaseUrl, { renewMs: 200, resyncMs: 300 });
    const web = await connect(controller, "web", 9001);
    await connect(controller, "cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    await way.cut();
    await waitFor(async () => (await readiness(controller)).startsWith("503"), { what: "not ready" });
    expect(await readiness(controller)).toMatch(/^503 not ready: \w+: .+/);
    expect(await readiness(controller)).not.toContain("\n");
    const late = await connect(controller, "stock", 9003);
    await late.sees("cart", ["127.0.0.1:9002"]);
    const before = web.snapshots.length;
    await hold(true);
    await store.setMeshMode("enforce", { author: "tester" });
    await hold(false);
    await way.restore();
    await web.sees("stock", ["127.0.0.1:9003"]);
    await modeOf(web, "cart", "enforce");
    await modeOf(late, "stock", "enforce");
    await waitFor(async () => (await readiness(controller)) === "200 ready", { what: "ready" });
    expect(sawOtherThan(web, before, "cart", ["127.0.0.1:9002"])).toEqual([]);
    const { version } = late.snapshots.at(-1)!;
    const recorded = async () =>
      (await store.listSidecars()).some((s) => s.proxyId === "stock-9003" && s.ackedVersion === version);
    await waitFor(recorded, { what: "what was said during the outage" });
  });

  test("an outage longer than the leases makes no endpoint vanish, neither here nor at another controller", async () => {
    // No lease runs out, and both have renewed before a missing one counts, on a busy machine too.
    const timings = { leaseMs: 2_500, renewMs: 150, settleMs: 5_000, resyncMs: 200 };
    const way = await relay();
    const [a, b] = [await start(way.databaseUrl, timings), await start(way.databaseUrl, timings)];
    const [web, cart] = [await connect(a, "web", 9001), await connect(b, "cart", 9002)];
    await web.sees("cart", ["127.0.0.1:9002"]);
    await cart.sees("web", ["127.0.0.1:9001"]);
    const [webBefore, cartBefore] = [web.snapshots.length, cart.snapshots.length];
    await way.cut();
    await waitFor(async () => (await store.liveEndpoints()).length === 0, { what: "all leases to run out" });
    await way.restore();
    await waitFor(async () => (await store.liveEndpoints()).length === 2, {
      what: "all leases to be renewed",
    });
    await store.setMeshMode("enforce", { author: "tester" });
    await modeOf(web, "cart", "enforce");
    await modeOf(cart, "web", "enforce");
    expect(sawOtherThan(web, webBefore, "cart", ["127.0.0.1:9002"])).toEqual([]);
    expect(sawOtherThan(cart, cartBefore, "web", ["127.0.0.1:9001"])).toEqual([]);
  });

  test("a start without it is refused in one sentence that holds no password", async () => {
    const url = new URL(database.databaseUrl);
    url.password = "hush-hush";
    url.port = "1";
    const failure = await startTestController(url.href).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(failure).toMatch(/^cannot use the database at .*:1/);
    expect(failure).not.toContain("hush-hush");
  });
});
