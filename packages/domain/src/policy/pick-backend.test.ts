import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pickBackend, weightProblems } from "./pick-backend.ts";

const v = (version: string, weight: number) => ({ version, weight });

test.each`
  backends                                        | problems
  ${[v("v1", 70), v("v2", 30)]}                   | ${[]}
  ${[v("v1", 70)]}                                | ${["weights-sum"]}
  ${[v("v1", 50), v("v1", 50)]}                   | ${["version-twice at 1.version"]}
  ${[v("a", 1), v("b", 1), v("b", 1), v("b", 1)]} | ${["weights-sum", "version-twice at 2.version", "version-twice at 3.version"]}
`("$backends has the problems $problems", ({ backends, problems }) => {
  const found = weightProblems(backends).map(({ code, path }) =>
    path.length === 0 ? code : `${code} at ${path.join(".")}`,
  );
  expect(found).toEqual(problems);
});

/** Ordered shares of 100 by cutting it at sorted points; zero shares occur. */
const backendsArbitrary = fc
  .array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 })
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
  .map((borders) => borders.slice(1).map((border, i) => v(`v${i + 1}`, border - borders[i]!)));

describe("pickBackend", () => {
  test("gives every version exactly its share of the points", () => {
    fc.assert(
      fc.property(backendsArbitrary, fc.integer({ min: 1, max: 20 }), (backends, pointsPerCent) => {
        const hits = new Map<string, number>();
        for (let i = 0; i < 100 * pointsPerCent; i++) {
          const version = pickBackend(backends, i / pointsPerCent);
          hits.set(version, (hits.get(version) ?? 0) + 1);
        }
        for (const { version, weight } of backends)
          expect(hits.get(version) ?? 0).toBe(weight * pointsPerCent);
      }),
    );
  });

  test.each`
    point                | version
    ${0}                 | ${"v1"}
    ${69.999_999_999}    | ${"v1"}
    ${70}                | ${"v3"}
    ${99.999_999_999_99} | ${"v3"}
    ${100}               | ${"v3"}
  `("$point falls on $version of v1 70, v2 0, v3 30, v4 0", ({ point, version }) => {
    expect(pickBackend([v("v1", 70), v("v2", 0), v("v3", 30), v("v4", 0)], point)).toBe(version);
  });

  test("moving weight between neighbours moves only the points between the borders", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0, max: 100, maxExcluded: true, noNaN: true }),
        (before, after, point) => {
          const pick = (share: number) => pickBackend([v("v1", share), v("v2", 100 - share)], point);
          const moved = pick(before) !== pick(after);
          expect(moved).toBe(point >= Math.min(before, after) && point < Math.max(before, after));
        },
      ),
    );
  });
});
