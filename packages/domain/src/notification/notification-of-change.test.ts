import { expect, test } from "vitest";
import { notificationOfChange } from "./notification-of-change.ts";

test.each`
  action                | subject                  | after                | topic        | severity      | path
  ${"policy.put"}       | ${"policy/shop/limit"}   | ${{}}                | ${"config"}  | ${"info"}     | ${"/policies/shop/limit"}
  ${"service.mode"}     | ${"service/a b/c"}       | ${"enforce"}         | ${"config"}  | ${"info"}     | ${"/services/a%20b/c"}
  ${"namespace.mode"}   | ${"namespace/shop"}      | ${"enforce"}         | ${"config"}  | ${"info"}     | ${"/services?ns=shop"}
  ${"mesh.hold"}        | ${"mesh"}                | ${true}              | ${"config"}  | ${"warning"}  | ${"/mesh"}
  ${"mesh.hold"}        | ${"mesh"}                | ${false}             | ${"config"}  | ${"info"}     | ${"/mesh"}
  ${"rollout.advance"}  | ${"rollout/shop/cart"}   | ${{ id: 7, seq: 3 }} | ${"rollout"} | ${"info"}     | ${"/rollouts/7?event=3"}
  ${"rollout.rollBack"} | ${"rollout/shop/cart"}   | ${{ id: 7 }}         | ${"rollout"} | ${"critical"} | ${"/rollouts/7"}
  ${"guard.takeBack"}   | ${"service/shop/orders"} | ${"observe"}         | ${"guard"}   | ${"critical"} | ${"/services/shop/orders"}
`("$action of $subject to $after is told as $severity, of $topic, with $path", ({ action, ...row }) => {
  const { topic, severity, path, ...change } = row;
  expect(notificationOfChange({ action, ...change, author: "ada" })).toMatchObject({
    ...{ type: action, topic, severity, path },
  });
});

test("who and why stand in the text", () => {
  const hold = { action: "mesh.hold", subject: "mesh", before: false, after: true, author: "ada" };
  expect(notificationOfChange(hold)).toMatchObject({ title: "mesh put on hold", text: "by ada" });
  expect(notificationOfChange({ ...hold, reason: "incident" })?.text).toBe("by ada: incident");
});

test("a service that was discovered is told of by its first version", () => {
  const discovered = { action: "service.discovered", subject: "service/shop/cart", author: "sidecar x" };
  expect(notificationOfChange(discovered)).toBeUndefined();
});
