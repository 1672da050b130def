import { openSql } from "@weir/store";
import { freePort, waitFor } from "@weir/testkit";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliveryWorld } from "../testing/delivery-world.ts";
import { type Receiver, startReceiver } from "../testing/start-receiver.ts";

let world: Awaited<ReturnType<typeof deliveryWorld>>;
beforeEach(async () => {
  world = await deliveryWorld();
});
afterEach(() => world.close());

const idsOf = ({ received }: Receiver) => received.map(({ headers }) => headers["webhook-id"] as string);

test("what changes is told in order, signed so that the receiver's library takes it", async () => {
  const { url, received } = await world.receiver((response) => void response.writeHead(204).end());
  const { id, secret = "" } = await world.target(url);
  await world.hold(true);
  await world.hold(false);
  world.deliver();
  await world.settled(id, 2);
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
  const { url, received } = await world.receiver((response) => void response.end("ok"));
  const { id } = await world.target(url, { format: "slack" });
  await world.hold(true);
  world.deliver();
  await world.settled(id, 1);
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

test("Grafana gets annotations that any dashboard may ask for by their tags", async () => {
  const { url, received } = await world.receiver((response, { headers }) => {
    response.writeHead(headers.authorization === "Bearer glsa_right" ? 200 : 401);
    response.end('{"message":"Annotation added","id":1}');
  });
  const base = url.replace("/hook", "/grafana/");
  const { id, secret } = await world.target(`${base}?orgId=2#top`, {
    format: "grafana",
    token: "glsa_right",
  });
  expect(secret).toBeUndefined();
  const before = Date.now();
  await world.hold(true);
  world.deliver();
  await world.settled(id, 1);
  const { time, ...annotation } = JSON.parse(received[0]?.body ?? "");
  expect([received[0]?.url, annotation]).toEqual([
    "/grafana/api/annotations",
    {
      tags: ["weir", "config", "mesh.hold", "warning"],
      text: 'mesh put on hold<br>by ada: &lt;a &amp; b&gt;<br><a href="https://weir.example/mesh">Open in Weir</a>',
    },
  ]);
  expect(Math.abs(time - before)).toBeLessThan(60_000);
  const change = { name: "dashboards", topics: ["config" as const], leastSeverity: "info" as const };
  await world.store.changeTarget(id, { ...change, token: "glsa_wrong" }, { author: "ada" });
  await world.store.testTarget(id, { author: "ada" });
  expect(await world.settled(id, 2)).toMatchObject([
    { type: "test", state: "failed", error: "answered 401" },
    {},
  ]);
  const shown = JSON.stringify([await world.store.listTargets(), await world.store.listAudit({ limit: 50 })]);
  expect(shown).toContain("another one");
  expect(shown).not.toContain("glsa_");
});

test("one that hangs delays nobody else, and is tried again under the same id", async () => {
  const hanging = await world.receiver(() => {});
  const fine = await world.receiver((response) => void response.end());
  const stuck = await world.target(hanging.url);
  const { id } = await world.target(fine.url);
  await world.hold(true);
  world.deliver({ timeoutMs: 200 });
  await world.settled(id, 1);
  await waitFor(() => hanging.received.length >= 2, { what: "a second attempt", timeoutMs: 10_000 });
  expect(new Set(hanging.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await world.store.listDeliveries(stuck.id, 1)).toMatchObject([
    { state: "waiting", error: "no whole answer within 200 ms" },
  ]);
});

test("a receiver that is broken for a while gets everything in order once it is back", async () => {
  const { url, received } = await world.receiver((response, _one, count) => {
    response.writeHead(count < 3 ? 500 : 200).end("<html>garbage");
  });
  const { id } = await world.target(url);
  await world.hold(true);
  await world.hold(false);
  world.deliver();
  expect(await world.settled(id, 2)).toMatchObject([
    { title: "hold of the mesh released", state: "delivered", attempts: 1 },
    { title: "mesh put on hold", state: "delivered", attempts: 3 },
  ]);
  const ids = received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toEqual([ids[0], ids[0], ids[0], ids[3]]);
});

test("a redirect is not followed, an endless answer not read, and a test tells at once what came of it", async () => {
  const elsewhere = await world.receiver((response) => void response.end());
  const leading = await world.receiver((response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  );
  let written = 0;
  const endless = await world.receiver((response) => {
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x"))) written += 65_536;
    };
    response.on("drain", write);
    write();
  });
  const [redirected, flooded, away] = [
    await world.target(leading.url),
    await world.target(endless.url),
    await world.target(`http://127.0.0.1:${await freePort()}/`),
  ];
  for (const { id } of [redirected, flooded, away]) await world.store.testTarget(id, { author: "ada" });
  world.deliver();
  expect(await world.settled(redirected.id, 1)).toMatchObject([
    {
      state: "failed",
      attempts: 1,
      status: 307,
      error: expect.stringContaining("redirects are not followed"),
    },
  ]);
  expect(elsewhere.received).toEqual([]);
  expect(await world.settled(flooded.id, 1)).toMatchObject([{ state: "delivered", status: 200 }]);
  expect(written).toBeLessThan(16 * 1024 * 1024);
  expect(await world.settled(away.id, 1)).toMatchObject([
    { state: "failed", error: expect.stringMatching(/^cannot be reached: .*ECONNREFUSED/) },
  ]);
});

test("a controller that ends between an attempt and its record leaves it to the next, under the same id", async () => {
  const { url, received } = await world.receiver((response) => void response.end());
  const { id } = await world.target(url);
  await world.hold(true);
  const stop = world.deliver({
    store: { ...world.store, recordAttempt: () => Promise.reject(new Error("the process was ended")) },
  });
  await waitFor(() => received.length > 0, { what: "the first attempt" });
  await stop();
  const before = received.length;
  world.deliver();
  await world.settled(id, 1);
  expect(received.length).toBe(before + 1);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("nothing that was told is lost while a receiver and its deliverer come and go", async () => {
  const port = await freePort();
  const { id } = await world.target(`http://127.0.0.1:${port}/hook`);
  const sql = openSql(world.databaseUrl, { applicationName: "test", max: 1 });
  world.after(() => sql.end());
  const seen: (string | undefined)[] = [];
  for (const on of [true, false, true]) {
    const stop = world.deliver();
    const up = await startReceiver((response) => void response.end(), port);
    await sql`UPDATE delivery SET next_attempt_at = now()`; // what failed while nobody was there
    await world.hold(on);
    await waitFor(() => up.received.length > 0, { what: "something to arrive", timeoutMs: 10_000 });
    await up.stop();
    await world.store.setMeshMode(on ? "enforce" : "observe", { author: "ada" });
    await stop();
    seen.push(...idsOf(up));
  }
  const last = await world.receiver((response) => void response.end(), port);
  await sql`UPDATE delivery SET next_attempt_at = now()`;
  world.deliver();
  await world.settled(id, 6);
  expect(new Set([...seen, ...idsOf(last)]).size).toBe(6);
});
