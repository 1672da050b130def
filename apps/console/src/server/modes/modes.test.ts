import type { DecisionPoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

let mesh: ConsoleForTest;
const toPayments = { scope: "service", namespace: "shop", name: "payments", mode: "enforce" } as const;

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  const { revision } = await mesh.config.putPolicy(
    {
      kind: "canary",
      namespace: "shop",
      name: "payments-canary",
      targetRef: "payments",
      backends: [
        { version: "v1", weight: 70 },
        { version: "v2", weight: 30 },
      ],
    },
    { author: "ada" },
  );
  await mesh.commit({
    decisionPoints: [decided("version=v1", 494, 0, revision), decided("version=v2", 212, 212, revision)],
  });
});
afterAll(() => mesh.close());

function decided(verdict: string, evaluated: number, wouldAct: number, revision: number): DecisionPoint {
  return {
    timeMs: Date.now(),
    policy: { namespace: "shop", name: "payments-canary", kind: "canary", revision },
    mode: "observe",
    verdict,
    source: { namespace: "shop", service: "checkout", version: "v1" },
    destination: { namespace: "shop", service: "payments", version: "v1" },
    evaluated,
    wouldAct,
    acted: 0,
  };
}

test("says what enforcing a service would do to the requests that really were", async () => {
  const [payments] = await mesh.as().modes.explain({ change: toPayments, window: "5m" });
  expect(payments).toMatchObject({
    name: "payments",
    before: { mode: "observe" },
    after: { mode: "enforce" },
    policies: [
      {
        name: "payments-canary",
        verdicts: [
          { verdict: "version=v1", evaluated: 494, wouldAct: 0 },
          { verdict: "version=v2", evaluated: 212, wouldAct: 212 },
        ],
      },
    ],
  });
});

test("a switch is turned, with author and reason in the audit", async () => {
  await mesh.as().modes.change({ change: toPayments, reason: "evidence looks fine" });
  const state = await mesh.as().modes.state();
  expect(state.services.map((s) => [s.name, s.own, s.mode, s.origin])).toEqual([
    ["cart", null, "observe", "mesh"],
    ["payments", "enforce", "enforce", "service"],
  ]);
  const [entry] = await mesh.as().mesh.audit({ limit: 1 });
  expect(entry).toMatchObject({ author: "ada", reason: "evidence looks fine", action: "service.mode" });
});

test("a change is taken back by the former one, unless somebody turned the switch since", async () => {
  const observed = { ...toPayments, mode: "observe" } as const;
  const { former } = await mesh.as().modes.change({ change: observed });
  expect(former).toEqual(toPayments);
  await mesh.as({ author: "bob" }).modes.change({ change: { ...toPayments, mode: null } });
  await expect(mesh.as().modes.change({ change: former, ifStill: observed })).rejects.toMatchObject({
    code: "CONFLICT",
    message: "mode of service shop/payments was changed meanwhile: it is inherited now, and no more observe",
  });
  await mesh.as().modes.change({ change: former, ifStill: { ...toPayments, mode: null } });
  expect((await mesh.as().modes.state()).services.find((s) => s.name === "payments")?.own).toBe("enforce");
});

test("hold forces observe over everything, and gives it back", async () => {
  await mesh.as().modes.change({ change: { scope: "hold", hold: true } });
  expect((await mesh.as().modes.state()).services.every((s) => s.mode === "observe")).toBe(true);
  await mesh.as().modes.change({ change: { scope: "hold", hold: false } });
  expect((await mesh.as().modes.state()).services.find((s) => s.name === "payments")?.mode).toBe("enforce");
});

test.each`
  what                           | over                     | change                              | code
  ${"a page of somebody else's"} | ${{ sameOrigin: false }} | ${toPayments}                       | ${"FORBIDDEN"}
  ${"a service nobody knows"}    | ${{}}                    | ${{ ...toPayments, name: "ghost" }} | ${"NOT_FOUND"}
  ${"a mode nobody knows"}       | ${{}}                    | ${{ ...toPayments, mode: "loud" }}  | ${"BAD_REQUEST"}
`("$what is refused", async ({ over, change, code }) => {
  const before = await mesh.as().mesh.audit({ limit: 1 });
  await expect(mesh.as(over).modes.change({ change })).rejects.toMatchObject({ code });
  expect(await mesh.as().mesh.audit({ limit: 1 })).toEqual(before);
});
