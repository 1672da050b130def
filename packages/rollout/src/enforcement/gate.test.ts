import { expect, test } from "vitest";
import { predictionOf } from "../testing/enforcements.ts";
import { consentTo, gateOf, missingConsent } from "./gate.ts";
import { isDenial, isFailure } from "./prediction.ts";

const nothing = { denied: [], unproven: [], unheard: [] };

test("what denies nobody and was seen at work needs nobody's consent", () => {
  const gate = gateOf(predictionOf(900, 0));
  expect(gate).toEqual(nothing);
  expect(missingConsent(gate, nothing)).toBeUndefined();
});

test("whoever would be denied is named, and has to be agreed to by name", () => {
  const gate = gateOf(predictionOf(900, 90));
  expect(gate.denied).toEqual([
    {
      ...{ namespace: "shop", service: "web", denied: { atLeast: 90, atMost: 90 }, requests: 900 },
      ...{ services: ["shop/payments"], policies: ["shop/who-may"] },
    },
  ]);
  expect(missingConsent(gate, { ...nothing, denied: ["shop/batch"] })).toBe(
    "requests of shop/web would be denied, and nobody has agreed to that",
  );
  expect(missingConsent(gate, consentTo(gate))).toBeUndefined();
});

test("what several policies deny of the same requests is from how many to how many of each request once", () => {
  const { policies, ...prediction } = predictionOf(900, 300);
  const limits = ["l1", "l2", "l3"].map((name) => ({ ...policies[0]!, name }));
  const elsewhere = { ...predictionOf(100, 40).policies[0]!, name: "l4", targetRef: "cart" };
  const denied = (...some: typeof limits) => gateOf({ ...prediction, policies: some }).denied;
  expect(denied(...limits.slice(0, 2))).toMatchObject([
    { denied: { atLeast: 300, atMost: 600 }, requests: 900, policies: ["shop/l1", "shop/l2"] },
  ]);
  expect(denied(...limits)).toMatchObject([{ denied: { atLeast: 300, atMost: 900 }, requests: 900 }]);
  expect(denied(limits[0]!, elsewhere), "requests to another service are others").toMatchObject([
    {
      ...{ denied: { atLeast: 340, atMost: 340 }, requests: 1_000 },
      services: ["shop/payments", "shop/cart"],
    },
  ]);
});

test("of what a policy judges only where it matches, the share is of all requests to its service", () => {
  const { policies, ...prediction } = predictionOf(80, 80);
  const callers = policies[0]!.callers.map((caller) => ({ ...caller, requests: 240 }));
  expect(gateOf({ ...prediction, policies: [{ ...policies[0]!, callers }] }).denied).toMatchObject([
    { denied: { atLeast: 80, atMost: 80 }, requests: 240 },
  ]);
});

test.each([0, 1, 19])("a policy that %i requests have met needs consent of its own", (evaluated) => {
  const gate = gateOf(predictionOf(evaluated, 0));
  expect(gate.unproven).toEqual(["shop/who-may"]);
  expect(missingConsent(gate, nothing)).toMatch(
    /^fewer than 20 requests have met shop\/who-may in the window, so there is no evidence/,
  );
  expect(missingConsent(gate, consentTo(gate))).toBeUndefined();
});

test("whoever called within the day and was not judged since is named, and has to be agreed to", () => {
  const batch = { namespace: "shop", service: "batch" };
  const predicted = (evaluated: number) => {
    const prediction = predictionOf(evaluated, 0);
    return { ...prediction, policies: prediction.policies.map((own) => ({ ...own, unheard: [batch] })) };
  };
  const gate = gateOf(predicted(900));
  expect(gate).toEqual({ ...nothing, unheard: [{ ...batch, policies: ["shop/who-may"] }] });
  expect(missingConsent(gate, { denied: [], unproven: [] })).toMatch(
    /^shop\/batch called within the last day and nothing was judged of them since/,
  );
  expect(missingConsent(gate, consentTo(gate))).toBeUndefined();
  expect(gateOf(predicted(0)), "that nobody knows anything is one question").toMatchObject({ unheard: [] });
});

test.each`
  verdict                     | denies   | fails
  ${"deny"}                   | ${true}  | ${false}
  ${"limit"}                  | ${true}  | ${false}
  ${"overflow=requests"}      | ${true}  | ${true}
  ${"overflow=retries"}       | ${false} | ${false}
  ${"timeout"}                | ${true}  | ${true}
  ${"delay=50ms, abort=503"}  | ${true}  | ${true}
  ${"abort=404"}              | ${true}  | ${false}
  ${"abort=grpc-14"}          | ${true}  | ${false}
  ${"version=v2, delay=50ms"} | ${false} | ${false}
  ${"allow"}                  | ${false} | ${false}
`("$verdict denies: $denies, and fails: $fails", ({ verdict, denies, fails }) => {
  expect([isDenial(verdict), isFailure(verdict)]).toEqual([denies, fails]);
});
