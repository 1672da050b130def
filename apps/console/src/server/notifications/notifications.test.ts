import { NotificationTarget } from "@weir/domain";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterEach(async () => {
  for (const { id } of await mesh.config.listTargets()) await mesh.config.removeTarget(id, { author: "ada" });
});
afterAll(() => mesh.close());

const target = (given: Partial<NotificationTarget> = {}) =>
  NotificationTarget.parse({
    ...{ name: "on call", url: "https://hooks.example.com/T0/B0/secretpath", format: "json" },
    ...{ topics: ["config"], leastSeverity: "info", ...given },
  });

test("a target is added with a secret that is told once, tested, and what became of the test is told", async () => {
  const { notifications } = mesh.as();
  const { id, secret } = await notifications.add({ target: target() });
  expect(secret).toMatch(/^whsec_/);
  expect(await notifications.list()).toMatchObject([
    {
      id,
      name: "on call",
      address: "https://hooks.example.com/…path",
      paused: false,
      waiting: 0,
      last: null,
    },
  ]);
  const { deliveryId } = await notifications.test({ id });
  expect(await notifications.delivery({ id: deliveryId })).toMatchObject({ type: "test", state: "waiting" });
  await mesh.config.recordAttempt(
    { id: deliveryId, attempts: 0 },
    { outcome: "failed", status: 404, error: "answered 404" },
  );
  expect(await notifications.deliveries({ id })).toMatchObject([
    {
      id: deliveryId,
      state: "failed",
      status: 404,
      error: "answered 404",
      nextAttemptAtMs: null,
    },
  ]);
  expect((await notifications.renewSecret({ id })).secret).not.toBe(secret);
  expect(JSON.stringify(await notifications.list())).not.toContain("whsec_");
  await notifications.remove({ id });
  expect(await notifications.delivery({ id: deliveryId })).toBeNull();
});

test("of an address pages get no more than whose it is, and it can stay as it is", async () => {
  const { notifications } = mesh.as();
  const { id, secret } = await notifications.add({ target: target({ format: "slack" }) });
  expect(secret).toBeNull();
  const [listed] = await notifications.list();
  expect(listed).toMatchObject({ address: "https://hooks.example.com/…path" });
  expect(JSON.stringify(listed)).not.toContain("secret");
  const changed = { name: "renamed", topics: ["config"], leastSeverity: "info" } as const;
  await notifications.change({ id, target: { ...changed, topics: [...changed.topics] } });
  expect(await mesh.config.listTargets()).toMatchObject([{ ...changed, format: "slack" }]);
  await mesh.config.setMeshHold(true, { author: "ada" });
  expect((await mesh.config.dueDeliveries())[0]?.to.url).toBe(target().url);
  await notifications.pause({ id, paused: true });
  expect(await mesh.config.dueDeliveries()).toEqual([]);
});

test("a token for Grafana is given, changed, and shown to nobody", async () => {
  const { notifications, mesh: meshRouter } = mesh.as();
  const given = { format: "grafana", token: "glsa_first" } as const;
  const { id, secret } = await notifications.add({ target: target(given) });
  expect(secret).toBeNull();
  const { format: _, url: _url, ...told } = target(given);
  await notifications.change({ id, target: { ...told, token: "glsa_second" } });
  await mesh.config.setMeshHold(false, { author: "ada" });
  const audit = await meshRouter.audit({ limit: 5 });
  expect(audit.map(({ what }) => what)).toContain("target on call changed: another token");
  expect(JSON.stringify([await notifications.list(), audit])).not.toContain("glsa_");
  await notifications.test({ id });
  const due = (await mesh.config.dueDeliveries()).find(({ isTest }) => isTest);
  expect(due?.to).toMatchObject({ format: "grafana", secret: "glsa_second" });
  await expect(notifications.renewSecret({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("who is told is a change like any other: who, when, why, and where it is read", async () => {
  const { notifications, changes, mesh: meshRouter } = mesh.as();
  const { id } = await notifications.add({ target: target(), reason: "on duty" });
  const listed = (await changes.list({ window: "5m" })).changes.at(-1);
  expect(listed).toMatchObject({
    ...{ kind: "target", who: "ada", why: "on duty", href: `/settings?target=${id}` },
    what: "target on call added: json to https://hooks.example.com/…path",
  });
  expect((await meshRouter.audit({ limit: 1 }))[0]).toMatchObject({ what: listed?.what, author: "ada" });
});

test("changes come from the console's own pages only", async () => {
  const { notifications } = mesh.as({ sameOrigin: false });
  await expect(notifications.add({ target: target() })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(notifications.test({ id: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("what is wrong is said where it stands", async () => {
  const { notifications } = mesh.as();
  await expect(notifications.add({ target: { ...target(), url: "ftp://x" } })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  const unkept = { target: target(), reason: "a\0b" };
  await expect(notifications.add(unkept)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await notifications.add({ target: target() });
  await expect(notifications.add({ target: target() })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  await expect(notifications.pause({ id: 99, paused: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
