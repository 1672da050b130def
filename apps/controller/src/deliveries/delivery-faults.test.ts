import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSql } from "@weir/store";
import { waitFor } from "@weir/testkit";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliveryWorld } from "../testing/delivery-world.ts";
import { startTestController } from "../testing/start-test-controller.ts";

let world: Awaited<ReturnType<typeof deliveryWorld>>;
beforeEach(async () => {
  world = await deliveryWorld();
});
afterEach(() => world.close());

function openTestSql() {
  const sql = openSql(world.databaseUrl, { applicationName: "test", max: 1 });
  world.after(() => sql.end());
  return sql;
}

/** A server that never answers, and counts who is connected at once. */
async function hangingServer() {
  const seen = { open: 0, most: 0 };
  const server = createServer((request) => {
    seen.most = Math.max(seen.most, ++seen.open);
    request.socket.once("close", () => seen.open--);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.after(() => server.close().closeAllConnections());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test("however many hang, connections are bounded, and whoever answers is told all the same", {
  timeout: 60_000,
}, async () => {
  const { seen, url } = await hangingServer();
  const hanging: number[] = [];
  for (let at = 0; at < 50; at++) hanging.push((await world.target(url)).id);
  const fine = await world.receiver((response) => void response.end());
  const { id } = await world.target(fine.url);
  await world.hold(true);
  // Longer than it takes to begin them all, on a busy machine too.
  const stop = world.deliver({ timeoutMs: 2_000 });
  await world.settled(id, 1);
  const sql = openTestSql();
  await waitFor(async () => (await sql`SELECT 1 FROM delivery WHERE attempts = 0`).length === 0, {
    ...{ what: "everybody to be tried once", timeoutMs: 30_000 },
  });
  expect(seen.most).toBeGreaterThan(16);
  expect(seen.most).toBeLessThanOrEqual(32);
  await stop();
  await waitFor(() => seen.open === 0, { what: "no connection to be left" });

  await sql`UPDATE delivery SET next_attempt_at = now() WHERE state = 'waiting'`;
  world.deliver({ timeoutMs: 60_000 });
  await waitFor(() => seen.open === 16, { what: "as many retries as there may be" });
  await world.hold(false);
  await world.settled(id, 2);
  expect(seen.open).toBe(16);
});

test("a receiver that drips is cut off, and one whose target is removed meanwhile leaves nothing behind", async () => {
  const dripping = await world.receiver((response) => {
    const drip = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(drip));
  });
  const slow = await world.target(dripping.url);
  await world.hold(true);
  world.deliver({ timeoutMs: 300 });
  const said = await waitFor(async () => (await world.store.listDeliveries(slow.id, 1))[0]?.error, {
    what: "the first attempt to fail",
  });
  expect(said).toBe("no whole answer within 300 ms");
  const before = dripping.received.length;
  await waitFor(() => dripping.received.length > before, { what: "another attempt", timeoutMs: 10_000 });
  await world.store.removeTarget(slow.id, { author: "ada" });
  const fine = await world.receiver((response) => void response.end());
  const other = await world.target(fine.url);
  await world.hold(false);
  await world.settled(other.id, 1);
  expect(await world.store.dueDeliveries()).toEqual([]);
});

test("each attempt is signed with its own time, whatever the language of what is told", async () => {
  let aheadMs = 0;
  const { url, received } = await world.receiver((response, _one, count) => {
    aheadMs = 100_000;
    response.writeHead(count === 1 ? 503 : 200).end();
  });
  const { id, secret = "" } = await world.target(url);
  await world.store.setMeshHold(true, { author: "Zoë", reason: "größer ≥ 1 %, 日本 🚦" });
  world.deliver({ now: () => Date.now() + aheadMs });
  await world.settled(id, 1);
  const [first, second] = received.map(({ body, headers }) => ({
    ...{
      told: new Webhook(secret).verify(body, headers as Record<string, string>),
      id: headers["webhook-id"],
    },
    timestamp: Number(headers["webhook-timestamp"]),
  }));
  expect(first?.told).toMatchObject({ data: { text: "by Zoë: größer ≥ 1 %, 日本 🚦" } });
  expect(second?.id).toBe(first?.id);
  expect((second?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBeGreaterThanOrEqual(100);
});

test("what cannot be signed holds up its own queue no longer than whoever hangs", async () => {
  const fine = await world.receiver((response) => void response.end());
  const broken = await world.target(fine.url);
  const sql = openTestSql();
  await sql`UPDATE notification_target SET secret = 'whsec_ünsigned' WHERE id = ${broken.id}`;
  await world.hold(true);
  world.deliver();
  const tried = await waitFor(
    async () => (await world.store.listDeliveries(broken.id, 1)).find(({ attempts }) => attempts > 0),
    { what: "an attempt" },
  );
  expect(tried).toMatchObject({ state: "waiting", error: expect.stringMatching(/^cannot be sent: /) });
  await world.store.renewTargetSecret(broken.id, { author: "ada" });
  await sql`UPDATE delivery SET next_attempt_at = now()`;
  expect(await world.settled(broken.id, 1)).toMatchObject([{ state: "delivered" }]);
});

test("two controllers, and a database that drops their connections, lose nothing", {
  timeout: 60_000,
}, async () => {
  const { url, received } = await world.receiver((response) => void response.end());
  const { id } = await world.target(url);
  const sql = openTestSql();
  for (const _ of [1, 2]) {
    const controller = await startTestController(world.databaseUrl);
    world.after(() => controller.stop());
  }
  for (let round = 0; round < 6; round++) {
    // This test's own connections are dropped too, and a write is nobody's to repeat but its author's.
    await waitFor(() => world.hold(round % 2 === 0).then(String, () => undefined), { what: "the change" });
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'weir%'`;
  }
  await waitFor(
    async () => (await world.store.listDeliveries(id, 9)).every(({ state }) => state === "delivered"),
    {
      ...{ what: "all to be delivered", timeoutMs: 40_000 },
    },
  );
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(6);
});
