import { NotificationTarget } from "@weir/domain";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterEach(async () => {
  for (const { id } of await mesh.config.listTargets()) await mesh.config.removeTarget(id);
});
afterAll(() => mesh.close());

const target = (given: Partial<NotificationTarget> = {}) =>
  NotificationTarget.parse({
    ...{ name: "on call", url: "https://hooks.example.com/T0/B0/secretpath", format: "json" },
    ...{ topics: ["config"], leastSeverity: "info", ...given },
  });

test("a target is added with a secret that is told once, tested, and what became of the test is told", async () => {
  const { notifications } = mesh.as();
  const { id, secret } = await notifications.add(target());
  expect(secret).toMatch(/^whsec_/);
  expect(await notifications.list()).toMatchObject([
    { id, name: "on call", shownUrl: target().url, paused: false, waiting: 0, last: null },
  ]);
  const { deliveryId } = await notifications.test({ id });
  expect(await notifications.delivery({ id: deliveryId })).toMatchObject({ type: "test", state: "waiting" });
  await mesh.config.recordAttempt(deliveryId, { outcome: "failed", status: 404, error: "answered 404" });
  expect(await notifications.deliveries({ id })).toMatchObject([
    {
      id: deliveryId,
      state: "failed",
      status: 404,
      error: "answered 404",
      answer: null,
      nextAttemptAtMs: null,
    },
  ]);
  expect((await notifications.renewSecret({ id })).secret).not.toBe(secret);
  expect(JSON.stringify(await notifications.list())).not.toContain("whsec_");
  await notifications.remove({ id });
  expect(await notifications.delivery({ id: deliveryId })).toBeNull();
});

test("of Slack's address pages get no more than whose it is, and it can stay as it is", async () => {
  const { notifications } = mesh.as();
  const { id, secret } = await notifications.add(target({ format: "slack" }));
  expect(secret).toBeNull();
  expect((await notifications.list())[0]?.shownUrl).toBe("https://hooks.example.com/…path");
  await notifications.change({ id, name: "renamed", topics: ["health"], leastSeverity: "critical" });
  await notifications.pause({ id, paused: true });
  expect(await mesh.config.listTargets()).toMatchObject([
    {
      ...target({ format: "slack" }),
      name: "renamed",
      topics: ["health"],
      leastSeverity: "critical",
      paused: true,
    },
  ]);
});

test("changes come from the console's own pages only", async () => {
  const { notifications } = mesh.as({ sameOrigin: false });
  await expect(notifications.add(target())).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(notifications.test({ id: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("what is wrong is said where it stands", async () => {
  const { notifications } = mesh.as();
  await expect(notifications.add({ ...target(), url: "ftp://x" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  await notifications.add(target());
  await expect(notifications.add(target())).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(notifications.pause({ id: 99, paused: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
