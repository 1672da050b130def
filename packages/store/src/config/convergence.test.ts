import type { Hello } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

const change = { author: "ada" };
const all = ["p1", "p2", "p3"];
let database: TestDatabase;
let store: ConfigStore;
/** The config as it is when the sidecars have come. */
let first: number;

beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  for (const proxyId of all)
    await store.registerSidecar(hello(proxyId), { controllerId: "c1", leaseMs: 60_000 });
  first = (await store.readMeshConfig()).revision;
  await store.recordWanted(all, "a", first);
  for (const proxyId of all)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "a" } }]);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const hello = (proxyId: string): Hello => ({
  ...{ proxyId, release: "0.1.0" },
  workload: { namespace: "shop", service: "cart", version: "v1" },
});

/** As if it had said nothing for longer than its lease, and somebody had noticed. */
async function fallsSilent(proxyId: string): Promise<void> {
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE sidecar SET lease_until = now() - interval '1 second' WHERE proxy_id = ${proxyId}`;
  await sql.end();
  await store.expireLeases();
}

/** A change of the config, and the snapshot it makes of it. */
async function changed(version: string): Promise<number> {
  await store.setMeshHold((await store.readMeshConfig()).mesh.hold === false, change);
  const { revision } = await store.readMeshConfig();
  await store.recordWanted(all, version, revision);
  return revision;
}

test("sidecars that come get what is there; nothing converges", async () => {
  expect(await store.listConvergence(10)).toEqual([]);
});

test("a change has converged when the last of its sidecars has said so", async () => {
  const revision = await changed("b");
  expect(await store.listConvergence(10)).toMatchObject([
    { configRevision: revision, namespace: "shop", sidecars: 3, acked: 0, refused: 0, lastAckedAt: null },
  ]);
  for (const proxyId of all)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "b" } }]);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b" } }]);
  const [converged] = await store.listConvergence(10);
  expect(converged).toMatchObject({ sidecars: 3, acked: 3 });
  const [{ at } = { at: undefined }] = await store.listAudit({ limit: 1 });
  expect(converged?.changedAt).toEqual(at);
  expect(converged?.lastAckedAt?.getTime()).toBeGreaterThanOrEqual(at?.getTime() ?? 0);
});

test("what was said a while ago counts from then", async () => {
  await changed("b");
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b" }, ageMs: 60_000 }]);
  const [{ changedAt, lastAckedAt } = { changedAt: new Date(), lastAckedAt: null }] =
    await store.listConvergence(1);
  expect((lastAckedAt?.getTime() ?? 0) - changedAt.getTime()).toBeLessThan(-50_000);
});

test("many are heard at once, each as if it were alone, and twice of one is once", async () => {
  const [second, third] = [await changed("b"), await changed("c")];
  const said = (proxyId: string, version: string, error?: string) => ({
    acknowledgement: { proxyId, version, ...(error !== undefined && { error }) },
  });
  await store.recordAcknowledgements([
    ...[said("p1", "b"), said("p2", "c"), said("ghost", "c"), said("p1", "c")],
    said("p3", "c", "no room"),
  ]);
  expect(await store.listConvergence(10)).toMatchObject([
    { configRevision: third, sidecars: 3, acked: 2, refused: 1 },
    { configRevision: second, sidecars: 3, acked: 2, refused: 0 },
  ]);
});

test("one that skipped a change for a later one runs both", async () => {
  const [second, third] = [await changed("b"), await changed("c")];
  for (const proxyId of all)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "b" } }]);
  for (const proxyId of all)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "c" } }]);
  expect(await store.listConvergence(10)).toMatchObject([
    { configRevision: third, sidecars: 3, acked: 3 },
    { configRevision: second, sidecars: 3, acked: 3 },
  ]);
});

test("a refusal is counted once, and an acceptance after it as well", async () => {
  await changed("b");
  for (const error of ["no room", "no room"])
    await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b", error } }]);
  expect(await store.listConvergence(1)).toMatchObject([{ acked: 0, refused: 1 }]);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b" } }]);
  expect(await store.listConvergence(1)).toMatchObject([{ acked: 1, refused: 1 }]);
});

test("a snapshot that endpoints made another is no change of the config", async () => {
  await store.recordWanted(all, "b", first);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b" } }]);
  // A controller that just started does not know what made it another.
  await store.recordWanted(all, "c", 0);
  expect(await store.listConvergence(10)).toEqual([]);
  const revision = await changed("d");
  for (const proxyId of all)
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "d" } }]);
  expect(await store.listConvergence(10)).toMatchObject([
    { configRevision: revision, sidecars: 3, acked: 3 },
  ]);
});

test.each`
  way                    | leave
  ${"whose stream ends"} | ${() => store.releaseSidecar("p3", "c1")}
  ${"that falls silent"} | ${() => fallsSilent("p3")}
  ${"that ends twice"}   | ${async () => [await store.releaseSidecar("p3"), await fallsSilent("p3")]}
`("one $way before it answered is waited for no more", async ({ leave }) => {
  const [second, third] = [await changed("b"), await changed("c")];
  for (const proxyId of ["p1", "p2"])
    await store.recordAcknowledgements([{ acknowledgement: { proxyId, version: "c" } }]);
  await leave();
  expect(await store.listConvergence(10)).toMatchObject([
    { configRevision: third, sidecars: 2, acked: 2 },
    { configRevision: second, sidecars: 2, acked: 2 },
  ]);
  // What it says after all, and what becomes of it when it comes back, belongs to nothing that is waited for.
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p3", version: "c" } }]);
  await store.registerSidecar(hello("p3"), { controllerId: "c2", leaseMs: 60_000 });
  await store.recordWanted(["p3"], "c", third);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p3", version: "c" } }]);
  expect(await store.listConvergence(1)).toMatchObject([{ sidecars: 2, acked: 2 }]);
  await changed("d");
  expect(await store.listConvergence(1)).toMatchObject([{ sidecars: 3, acked: 0 }]);
});

test("its refusal leaves with it, its answer stays", async () => {
  await changed("b");
  await store.recordAcknowledgements([
    { acknowledgement: { proxyId: "p1", version: "b", error: "no room" } },
  ]);
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p2", version: "b" } }]);
  for (const proxyId of ["p1", "p2"]) await store.releaseSidecar(proxyId);
  expect(await store.listConvergence(1)).toMatchObject([{ sidecars: 2, acked: 1, refused: 0 }]);
});

test("a change whose sidecars are all gone is none that converges", async () => {
  await changed("b");
  for (const proxyId of all) await store.releaseSidecar(proxyId);
  expect(await store.listConvergence(10)).toEqual([]);
});

test("one that was gone when the change was written down is not waited for", async () => {
  await store.releaseSidecar("p3");
  await changed("b");
  expect(await store.listConvergence(1)).toMatchObject([{ sidecars: 2 }]);
  await store.registerSidecar(hello("p3"), { controllerId: "c2", leaseMs: 60_000 });
  await store.recordAcknowledgements([{ acknowledgement: { proxyId: "p3", version: "b" } }]);
  expect(await store.listConvergence(1)).toMatchObject([{ sidecars: 2, acked: 0 }]);
});

test("sidecars that answer, leave, come and are renewed at once never wait for each other in a circle", async () => {
  const ids = Array.from({ length: 24 }, (_, i) => `q${i}`);
  const lease = { controllerId: "c1", leaseMs: 60_000 };
  for (const proxyId of ids) await store.registerSidecar(hello(proxyId), lease);
  const others = Array.from({ length: 3 }, () => openConfigStore(database.databaseUrl));
  await store.recordWanted(ids, "a", first);
  for (const version of ["b", "c", "d", "e"]) {
    await store.recordWanted(ids, version, first + version.charCodeAt(0) - 96);
    const [one, two, three] = others as [ConfigStore, ConfigStore, ConfigStore];
    await Promise.all([
      ...ids
        .slice(0, 8)
        .map((proxyId) => one.recordAcknowledgements([{ acknowledgement: { proxyId, version } }])),
      one.recordAcknowledgements(ids.slice(8).map((proxyId) => ({ acknowledgement: { proxyId, version } }))),
      ...ids.slice(0, 12).map((proxyId) => two.releaseSidecar(proxyId)),
      ...ids.toReversed().map((proxyId) => three.registerSidecar(hello(proxyId), lease)),
      store.renewLeases("c1", ids.toReversed(), 60_000),
      store.expireLeases(),
    ]);
  }
  await Promise.all(others.map((other) => other.close()));
  for (const { sidecars, acked } of await store.listConvergence(10)) expect(sidecars).toBe(acked);
});

test("what is old is forgotten", async () => {
  await changed("b");
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`UPDATE convergence SET changed_at = now() - interval '8 days'`;
  await sql.end();
  const kept = await changed("c");
  await store.expireLeases();
  expect((await store.listConvergence(10)).map((one) => one.configRevision)).toEqual([kept]);
});
