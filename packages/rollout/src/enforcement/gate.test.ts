import { expect, test } from "vitest";
import { predictionOf } from "../testing/enforcements.ts";
import { consentTo, gateOf, missingConsent } from "./gate.ts";
import { isDenial, isFailure } from "./prediction.ts";

const nothing = { denied: [], unproven: [] };

test("what denies nobody and was seen at work needs nobody's consent", () => {
  const gate = gateOf(predictionOf(900, 0));
  expect(gate).toEqual(nothing);
  expect(missingConsent(gate, nothing)).toBeUndefined();
});

test("whoever would be denied is named, and has to be agreed to by name", () => {
  const gate = gateOf(predictionOf(900, 90));
  expect(gate.denied).toEqual([
    { namespace: "shop", service: "web", denied: 90, evaluated: 900, policies: ["shop/who-may"] },
  ]);
  expect(missingConsent(gate, { ...nothing, denied: ["shop/batch"] })).toBe(
    "requests of shop/web would be denied, and nobody has agreed to that",
  );
  expect(missingConsent(gate, consentTo(gate))).toBeUndefined();
});

test("a policy that nothing has passed needs consent of its own", () => {
  const gate = gateOf(predictionOf(0, 0));
  expect(gate.unproven).toEqual(["shop/who-may"]);
  expect(missingConsent(gate, nothing)).toMatch(
    /^nothing has passed shop\/who-may in the window, so there is no evidence/,
  );
  expect(missingConsent(gate, consentTo(gate))).toBeUndefined();
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
