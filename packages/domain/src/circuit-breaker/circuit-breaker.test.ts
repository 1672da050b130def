import { expect, test } from "vitest";
import {
  type BreakerResource,
  breakerCount,
  circuitBreakerCells,
  circuitBreakerSettings,
  enterBreaker,
  leaveBreaker,
  tryEnterBreaker,
  wouldOverflow,
} from "./circuit-breaker.ts";
import { CircuitBreakerSpec } from "./circuit-breaker-spec.ts";

const newCells = (): Int32Array => new Int32Array(circuitBreakerCells);

test.each`
  resource         | places
  ${"connections"} | ${1024}
  ${"pending"}     | ${1024}
  ${"requests"}    | ${1024}
  ${"retries"}     | ${3}
`(
  "there are $places places for $resource by default, and one given back is there again",
  ({ resource, places }) => {
    const cells = newCells();
    const settings = circuitBreakerSettings(CircuitBreakerSpec.parse({}));
    for (let i = 0; i < places; i++) expect(tryEnterBreaker(cells, resource, settings)).toBe(true);
    expect(tryEnterBreaker(cells, resource, settings)).toBe(false);
    expect(breakerCount(cells, resource)).toBe(places);
    leaveBreaker(cells, resource);
    expect(tryEnterBreaker(cells, resource, settings)).toBe(true);
  },
);

const resources: readonly BreakerResource[] = ["connections", "pending", "requests", "retries"];

test.each(resources)("a full limit of %s leaves the others open", (resource) => {
  const cells = newCells();
  const settings = { maxConnections: 1, maxPendingRequests: 1, maxRequests: 1, maxRetries: 1 };
  expect(tryEnterBreaker(cells, resource, settings)).toBe(true);
  for (const other of resources) expect(wouldOverflow(cells, other, settings)).toBe(other === resource);
});

test("observed, a place is taken all the same and the overflow told", () => {
  const cells = newCells();
  const settings = circuitBreakerSettings({ maxRequests: 2 });
  const overflows = [1, 2, 3, 4].map(() => {
    const full = wouldOverflow(cells, "requests", settings);
    enterBreaker(cells, "requests");
    return full;
  });
  expect(overflows).toEqual([false, false, true, true]);
  expect(breakerCount(cells, "requests")).toBe(4);
});

test("a limit of 0 admits nothing", () => {
  expect(tryEnterBreaker(newCells(), "retries", circuitBreakerSettings({ maxRetries: 0 }))).toBe(false);
});

test.each([{ maxRequests: -1 }, { maxRequests: 1.5 }, { maxConnection: 1 }])("%o is refused", (spec) => {
  expect(CircuitBreakerSpec.safeParse(spec).success).toBe(false);
});
