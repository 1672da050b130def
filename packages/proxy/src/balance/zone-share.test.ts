import fc from "fast-check";
import { expect, test } from "vitest";
import { zoneShare } from "./zone-share.ts";

test.each`
  here       | there      | share
  ${[4, 4]}  | ${[4, 4]}  | ${1}
  ${[3, 4]}  | ${[4, 4]}  | ${1}
  ${[2, 4]}  | ${[4, 4]}  | ${0.7}
  ${[1, 10]} | ${[5, 5]}  | ${0.14}
  ${[0, 4]}  | ${[1, 4]}  | ${0}
  ${[1, 4]}  | ${[0, 4]}  | ${1}
  ${[1, 10]} | ${[1, 10]} | ${0.5}
  ${[0, 4]}  | ${[0, 4]}  | ${"whole"}
`("healthy of all $here here and $there elsewhere: $share stays", ({ here, there, share }) => {
  const result = zoneShare({ usable: here[0], all: here[1] }, { usable: there[0], all: there[1] });
  if (typeof share === "string") expect(result).toBe(share);
  else expect(result).toBeCloseTo(share, 12);
});

const counts = fc
  .record({ all: fc.integer({ min: 1, max: 50 }), usable: fc.nat(50) })
  .map(({ all, usable }) => ({ all, usable: Math.min(all, usable) }));

test("nothing goes where nobody is healthy, and all goes somewhere", () => {
  fc.assert(
    fc.property(counts, counts, (here, there) => {
      const share = zoneShare(here, there);
      if (share === "whole") expect(here.usable + there.usable).toBe(0);
      else {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        if (here.usable === 0) expect(share).toBe(0);
        if (there.usable === 0) expect(share).toBe(1);
      }
    }),
  );
});
