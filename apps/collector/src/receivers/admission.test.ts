import fc from "fast-check";
import { expect, test } from "vitest";
import { Admission, type Admitted } from "./admission.ts";
import { Refusal } from "./refusal.ts";

const kindOf = (action: () => unknown): string => {
  try {
    action();
    return "admitted";
  } catch (error) {
    return error instanceof Refusal ? error.kind : "fault";
  }
};

test("as many requests come in as may, and one more when one is released", () => {
  const admission = new Admission({ maxBytes: 100, maxRequests: 2 });
  const first = admission.enter();
  admission.enter();
  expect(kindOf(() => admission.enter())).toBe("overloaded");
  first.release();
  first.release();
  expect(admission.requests).toBe(1);
  expect(kindOf(() => admission.enter())).toBe("admitted");
});

test("bytes that do not fit now are to be sent again, and those that never will are not", () => {
  const admission = new Admission({ maxBytes: 100, maxRequests: 10 });
  const [one, other] = [admission.enter(), admission.enter()];
  one.hold(60);
  expect(kindOf(() => other.hold(41))).toBe("overloaded");
  expect(kindOf(() => other.hold(40))).toBe("admitted");
  expect(kindOf(() => admission.enter())).toBe("overloaded");
  other.release();
  expect(kindOf(() => one.hold(41))).toBe("tooLarge");
  expect(admission.bytes).toBe(60);
});

test("rows that fit no queue are not to be sent again either", async () => {
  const admission = new Admission({ maxBytes: 100, maxRequests: 10 });
  const outcomeOf = async (bytes: number) => {
    try {
      return await admission.holdFor(bytes, async () => "done");
    } catch (error) {
      return error instanceof Refusal ? error.kind : "fault";
    }
  };
  admission.enter().hold(60);
  expect(await outcomeOf(40)).toBe("done");
  expect(await outcomeOf(41)).toBe("overloaded");
  expect(await outcomeOf(101)).toBe("tooLarge");
});

test("what is held is never more than it may be, and nothing in the end", () => {
  const step = fc.record({ request: fc.nat(4), bytes: fc.nat(60), release: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const admission = new Admission({ maxBytes: 100, maxRequests: 3 });
      const admitted = new Map<number, Admitted>();
      for (const { request, bytes, release } of steps) {
        const known = admitted.get(request);
        if (!known) kindOf(() => admitted.set(request, admission.enter()));
        else if (release) {
          known.release();
          admitted.delete(request);
        } else kindOf(() => known.hold(bytes));
        expect(admission.bytes).toBeLessThanOrEqual(100);
        expect(admission.requests).toBe(admitted.size);
      }
      for (const one of admitted.values()) one.release();
      expect([admission.bytes, admission.requests]).toEqual([0, 0]);
    }),
  );
});
