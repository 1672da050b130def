import { expect, test } from "vitest";
import { edge } from "./testing/sample-map.ts";
import { movingEdges, trafficOf } from "./traffic.ts";

const traffic = (rps: number, errorShare: number) => trafficOf(edge("a/a", "a/b", { rps, errorShare }));

test("more requests go faster and closer behind each other, within bounds", () => {
  const paces = [0.1, 2, 30, 400, 1e6].map((rps) => traffic(rps, 0)?.pace ?? 0);
  expect(paces).toEqual([...paces].sort((a, b) => a - b));
  expect(new Set(paces).size).toBe(5);
  expect([0.1, 30, 1e6].map((rps) => traffic(rps, 0)?.beads.length)).toEqual([1, 2, 4]);
});

test("numbers that hardly changed change nothing", () => {
  expect(traffic(31, 0)).toEqual(traffic(30, 0));
});

test.each`
  rps   | share   | seen
  ${30} | ${0}    | ${0}
  ${30} | ${0.05} | ${0.05}
  ${30} | ${0.5}  | ${0.5}
  ${30} | ${1}    | ${1}
  ${1}  | ${0.25} | ${0.25}
`("of $share that failed, $seen of what passes has", ({ rps, share, seen }) => {
  const { beads = [] } = traffic(rps, share) ?? {};
  const places = new Set(beads.map(({ phase }) => phase)).size;
  const failed = beads.filter((bead) => bead.failed).reduce((sum, { every }) => sum + 1 / every, 0);
  expect(failed / places).toBeCloseTo(seen, 5);
});

test("few failures are seen in the end, and no requests are none", () => {
  expect(traffic(30, 1e-6)?.beads.at(-1)).toMatchObject({ failed: true, every: 20 });
  expect(traffic(0, 0)).toBeUndefined();
});

test("what is in focus moves, the busiest of it; else all of a small map, and nothing of a large one", () => {
  const edges = Array.from({ length: 80 }, (_, n) => edge("a/a", `a/${n}`, { rps: n }));
  const few = edges.slice(0, 3);
  expect(movingEdges(few, undefined, false)).toEqual(few);
  expect(movingEdges(few, undefined, true)).toEqual([]);
  expect(movingEdges(edges, undefined, false)).toEqual([]);
  expect(movingEdges(edges, new Set(["a/a~a/7"]), true)).toEqual([edges[7]]);
  const busiest = movingEdges(edges, new Set(edges.map(({ id }) => id)), true);
  expect([busiest.length, busiest.at(-1)?.rps]).toEqual([60, 20]);
});
