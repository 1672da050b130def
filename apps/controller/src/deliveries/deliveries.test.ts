import { NotificationTarget } from "@weir/domain";
import { type ConfigStore, openConfigStore, openSql } from "@weir/store";
import { createLogger } from "@weir/telemetry/process";
import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { Registry } from "prom-client";
import { Webhook } from "standardwebhooks";
import { Agent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMeters } from "../meters.ts";
import { type Receiver, startReceiver } from "../testing/start-receiver.ts";
import { Deliveries, type DeliveriesSettings } from "./deliveries.ts";

let database: TestDatabase;
let store: ConfigStore;
let cleanups: (() => unknown)[];
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  cleanups = [() => database.drop(), () => store.close()];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/** Runs as often as it may, until the test is over or `stop` is called. */
function deliver(given: Partial<DeliveriesSettings> = {}) {
  const over = new AbortController();
  const dispatcher = new Agent();
  const deliveries = new Deliveries({
    ...{
      store,
      dispatcher,
      consoleUrl: "https://weir.example",
      timeoutMs: 5_000,
      now: Date.now,
      random: () => 0,
    },
    ...{ meters: createMeters(new Registry()), logger: createLogger("controller-test", "silent") },
    ...given,
  });
  const ended = (async () => {
    while (!over.signal.aborted) await deliveries.run(over.signal);
  })();
  const stop = async () => {
    over.abort();
    await ended;
    await dispatcher.destroy();
  };
  cleanups.push(stop);
  return stop;
}

async function receiver(...given: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...given);
  cleanups.push(() => started.stop().catch(() => {}));
  return started;
}

let names = 0;
const target = (url: string, given: Partial<NotificationTarget> = {}) =>
  store.addTarget(
    NotificationTarget.parse({
      ...{
        name: `target ${names++}`,
        url,
        format: "json",
        topics: ["config"],
        leastSeverity: "info",
        ...given,
      },
    }),
    { author: "ada" },
  );

const hold = (on: boolean) => store.setMeshHold(on, { author: "ada", reason: "<a & b>" });
const idsOf = ({ received }: Receiver) => received.map(({ headers }) => headers["webhook-id"] as string);
const settled = (id: number, count: number) =>
  waitFor(
    async () => {
      const all = await store.listDeliveries(id, 50);
      return all.filter(({ state }) => state !== "waiting").length >= count ? all : undefined;
    },
    { what: `${count} deliveries`, timeoutMs: 15_000 },
  );

test("what changes is told in order, signed so that the receiver's library takes it", async () => {
  const { url, received } = await receiver((response) => void response.writeHead(204).end());
  const { id, secret = "" } = await target(url);
  await hold(true);
  await hold(false);
  deliver();
  await settled(id, 2);
  const messages = received.map(({ body, headers }) =>
    new Webhook(secret).verify(body, headers as Record<string, string>),
  );
  expect(messages).toMatchObject([
    {
      ...{ type: "mesh.hold", timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
      data: {
        ...{ topic: "config", severity: "warning", title: "mesh put on hold", text: "by ada: <a & b>" },
        ...{ url: "https://weir.example/mesh", details: { before: false, after: true } },
      },
    },
    { data: { title: "hold of the mesh released" } },
  ]);
  const tampered = received[0]?.body.replace("ada", "eve") ?? "";
  expect(() =>
    new Webhook(secret).verify(tampered, received[0]?.headers as Record<string, string>),
  ).toThrow();
});

test("Slack gets blocks in which nothing is a link or a call but what is meant to be", async () => {
  const { url, received } = await receiver((response) => void response.end("ok"));
  const { id } = await target(url, { format: "slack" });
  await hold(true);
  deliver();
  await settled(id, 1);
  expect(JSON.parse(received[0]?.body ?? "")).toEqual({
    text: "*Warning: mesh put on hold*\nby ada: &lt;a &amp; b&gt;\n<https://weir.example/mesh|Open in Weir>",
    unfurl_links: false,
    blocks: [
      {
        type: "section",
        text: { type: "mrkdwn", text: "*Warning: mesh put on hold*\nby ada: &lt;a &amp; b&gt;" },
      },
      { type: "context", elements: [{ type: "mrkdwn", text: "<https://weir.example/mesh|Open in Weir>" }] },
    ],
  });
  expect(received[0]?.headers["webhook-signature"]).toBeUndefined();
});

test("one that hangs delays nobody else, and is tried again under the same id", async () => {
  const hanging = await receiver(() => {});
  const fine = await receiver((response) => void response.end());
  const stuck = await target(hanging.url);
  const { id } = await target(fine.url);
  await hold(true);
  deliver({ timeoutMs: 200 });
  await settled(id, 1);
  await waitFor(() => hanging.received.length >= 2, { what: "a second attempt", timeoutMs: 10_000 });
  expect(new Set(hanging.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await store.listDeliveries(stuck.id, 1)).toMatchObject([
    { state: "waiting", error: "no whole answer within 200 ms" },
  ]);
});

test("a receiver that is broken for a while gets everything in order once it is back", async () => {
  const { url, received } = await receiver((response, _one, count) => {
    response.writeHead(count < 3 ? 500 : 200).end("<html>garbage");
  });
  const { id } = await target(url);
  await hold(true);
  await hold(false);
  deliver();
  expect(await settled(id, 2)).toMatchObject([
    { title: "hold of the mesh released", state: "delivered", attempts: 1 },
    { title: "mesh put on hold", state: "delivered", attempts: 3, answer: "<html>garbage" },
  ]);
  const ids = received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toEqual([ids[0], ids[0], ids[0], ids[3]]);
});

test("a redirect is not followed, an endless answer not read, and a test tells at once what came of it", async () => {
  const elsewhere = await receiver((response) => void response.end());
  const leading = await receiver((response) => response.writeHead(307, { location: elsewhere.url }).end());
  let written = 0;
  const endless = await receiver((response) => {
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x"))) written += 65_536;
    };
    response.on("drain", write);
    write();
  });
  const [redirected, flooded, away] = [
    await target(leading.url),
    await target(endless.url),
    await target(`http://127.0.0.1:${await freePort()}/`),
  ];
  for (const { id } of [redirected, flooded, away]) await store.testTarget(id, { author: "ada" });
  deliver();
  expect(await settled(redirected.id, 1)).toMatchObject([
    {
      state: "failed",
      attempts: 1,
      status: 307,
      error: expect.stringContaining("redirects are not followed"),
    },
  ]);
  expect(elsewhere.received).toEqual([]);
  expect(await settled(flooded.id, 1)).toMatchObject([{ state: "delivered", status: 200 }]);
  expect(written).toBeLessThan(16 * 1024 * 1024);
  expect(await settled(away.id, 1)).toMatchObject([
    { state: "failed", error: expect.stringMatching(/^cannot be reached: .*ECONNREFUSED/) },
  ]);
});

test("a controller that ends between an attempt and its record leaves it to the next, under the same id", async () => {
  const { url, received } = await receiver((response) => void response.end());
  const { id } = await target(url);
  await hold(true);
  const stop = deliver({
    store: { ...store, recordAttempt: () => Promise.reject(new Error("the process was ended")) },
  });
  await waitFor(() => received.length > 0, { what: "the first attempt" });
  await stop();
  const before = received.length;
  deliver();
  await settled(id, 1);
  expect(received.length).toBe(before + 1);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("nothing that was told is lost while a receiver and its deliverer come and go", async () => {
  const port = await freePort();
  const { id } = await target(`http://127.0.0.1:${port}/hook`);
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  cleanups.push(() => sql.end());
  const seen: (string | undefined)[] = [];
  for (const on of [true, false, true]) {
    const stop = deliver();
    const up = await startReceiver((response) => void response.end(), port);
    await sql`UPDATE delivery SET next_attempt_at = now()`; // what failed while nobody was there
    await hold(on);
    await waitFor(() => up.received.length > 0, { what: "something to arrive", timeoutMs: 10_000 });
    await up.stop();
    await store.setMeshMode(on ? "enforce" : "observe", { author: "ada" });
    await stop();
    seen.push(...idsOf(up));
  }
  const last = await receiver((response) => void response.end(), port);
  await sql`UPDATE delivery SET next_attempt_at = now()`;
  deliver();
  await settled(id, 6);
  expect(new Set([...seen, ...idsOf(last)]).size).toBe(6);
});
