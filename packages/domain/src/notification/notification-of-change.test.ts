import { expect, test } from "vitest";
import { consolePathOf, notificationOfChange } from "./notification-of-change.ts";

test.each`
  action                | subject                | after                       | topic        | severity      | path
  ${"policy.put"}       | ${"policy/shop/limit"} | ${{}}                       | ${"config"}  | ${"info"}     | ${"/policies/shop/limit"}
  ${"service.mode"}     | ${"service/a b/c"}     | ${"enforce"}                | ${"config"}  | ${"info"}     | ${"/services/a%20b/c"}
  ${"service.mode"}     | ${"service//c/d"}      | ${"enforce"}                | ${"config"}  | ${"info"}     | ${"/services/-/c%2Fd"}
  ${"namespace.mode"}   | ${"namespace/shop"}    | ${"enforce"}                | ${"config"}  | ${"info"}     | ${"/services?ns=shop"}
  ${"mesh.hold"}        | ${"mesh"}              | ${true}                     | ${"config"}  | ${"warning"}  | ${"/mesh"}
  ${"mesh.hold"}        | ${"mesh"}              | ${false}                    | ${"config"}  | ${"info"}     | ${"/mesh"}
  ${"rollout.advance"}  | ${"rollout/shop/cart"} | ${{ rollout: 7, event: 3 }} | ${"rollout"} | ${"info"}     | ${"/rollouts/7?event=3"}
  ${"rollout.rollBack"} | ${"rollout/shop/cart"} | ${{ rollout: 7 }}           | ${"rollout"} | ${"critical"} | ${"/rollouts/7"}
`("$action of $subject to $after is told as $severity, of $topic, with $path", ({ action, ...row }) => {
  const { topic, severity, path, ...change } = row;
  expect(notificationOfChange({ action, ...change, author: "ada" })).toMatchObject({
    ...{ type: action, topic, severity, path },
  });
});

test("what a guard takes back is told as such, by its origin and not by its author's name", () => {
  const mode = { action: "service.mode", subject: "service/shop/cart", before: "enforce", author: "weir" };
  expect(notificationOfChange(mode)).toMatchObject({ topic: "config", severity: "info" });
  const takenBack = { ...mode, origin: "guard", reason: "denies more than predicted" } as const;
  expect(notificationOfChange(takenBack)).toMatchObject({
    ...{ topic: "guard", type: "guard.takeBack", severity: "critical", path: "/services/shop/cart" },
    text: "by weir: denies more than predicted",
  });
});

test("of a rollout is told why it was decided, and what a person said", () => {
  const rollBack = { action: "rollout.rollBack", subject: "rollout/shop/cart", before: {} };
  const after = { rollout: 7, reason: "success rate: 9 %" };
  const told = (author: string, reason?: string) =>
    notificationOfChange({ ...rollBack, after, author, reason })?.text;
  expect(told("weir")).toBe("success rate: 9 %, by weir");
  expect(told("ada", "enough")).toBe("success rate: 9 %, by ada: enough");
  const paused = {
    action: "rollout.pause",
    subject: "rollout/shop/cart",
    after: { reason: "paused by hand" },
  };
  expect(notificationOfChange({ ...paused, author: "ada" })?.text).toBe("by hand, by ada");
  expect(told("weir", after.reason)).toBe("success rate: 9 %, by weir");
});

test("who and why stand in the text", () => {
  const hold = { action: "mesh.hold", subject: "mesh", before: false, after: true, author: "ada" };
  expect(notificationOfChange(hold)).toMatchObject({ title: "mesh put on hold", text: "by ada" });
  expect(notificationOfChange({ ...hold, reason: "incident" })?.text).toBe("by ada: incident");
});

test("who is told stands in the audit alone, with the page where it is changed", () => {
  const added = { action: "target.add", subject: "target/ops", after: { id: 3 }, author: "ada" };
  expect(notificationOfChange(added)).toBeUndefined();
  expect(consolePathOf(added)).toBe("/settings?target=3");
  expect(consolePathOf({ ...added, after: undefined })).toBe("/settings");
});

test("a service that was discovered is told of by its first version", () => {
  const discovered = { action: "service.discovered", subject: "service/shop/cart", author: "sidecar x" };
  expect(notificationOfChange(discovered)).toBeUndefined();
});
