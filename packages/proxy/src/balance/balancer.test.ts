import { loadBalancerSettings } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { ejectOnly, testTargets } from "../testing/test-targets.ts";
import { type Balancer, type BalancerContext, createBalancer } from "./balancer.ts";
import { hashText } from "./hash-text.ts";
import type { PickRequest } from "./picker.ts";
import type { Target } from "./target.ts";

const algorithms = ["leastRequest", "peakEwma", "roundRobin", "random", "ringHash", "maglev"] as const;
type Algorithm = (typeof algorithms)[number];

interface Setting extends BalancerContext {
  readonly slowStartMs?: number;
  readonly zonePreference?: boolean;
}

const panicAtHalf = { ejections: { panicThresholdPercent: 50 } };

function balancer(algorithm: Algorithm, { slowStartMs, zonePreference, ...context }: Setting = {}): Balancer {
  const spec = {
    algorithm,
    hashOn: { source: true } as const,
    ...(slowStartMs === undefined ? {} : { slowStartMs }),
    ...(zonePreference === undefined ? {} : { zonePreference }),
  };
  return createBalancer(loadBalancerSettings(spec), context);
}

/** How many of many requests, each with a hash of its own, each target got. */
function shares(
  chooser: Balancer,
  targets: readonly Target[],
  request: Partial<PickRequest> = {},
  requests = 4_000,
): number[] {
  const random = seededRandom(7);
  const counts = new Map<Target | undefined, number>();
  for (let i = 0; i < requests; i++) {
    const chosen = chooser.pick(targets, { random, nowMs: 0, hash: hashText(`user-${i}`), ...request });
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  return targets.map((target) => (counts.get(target) ?? 0) / requests);
}

test.each(algorithms)("%s: of no target there is none, of one it is that one", (algorithm) => {
  expect(shares(balancer(algorithm), [])).toEqual([]);
  expect(balancer(algorithm).pick([], { random: Math.random, nowMs: 0 })).toBeUndefined();
  expect(shares(balancer(algorithm), testTargets(1), {}, 50)).toEqual([1]);
});

test.each(algorithms)("%s: alike and idle, five targets get about a fifth each", (algorithm) => {
  for (const share of shares(balancer(algorithm), testTargets(5))) {
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  }
});

test.each(algorithms)(
  "%s: an ejected target gets nothing and gets its share again when it returns",
  (algorithm) => {
    const targets = testTargets(5);
    const chooser = balancer(algorithm, panicAtHalf);
    ejectOnly(targets, targets[2] as Target);
    const without = shares(chooser, targets);
    expect(without[2]).toBe(0);
    for (const index of [0, 1, 3, 4]) expect(without[index]).toBeGreaterThan(0.18);
    ejectOnly(targets);
    expect(shares(chooser, targets)[2]).toBeGreaterThan(0.15);
  },
);

test.each(algorithms)("%s: with fewer healthy than the panic threshold all are used", (algorithm) => {
  const targets = testTargets(4);
  const chooser = balancer(algorithm, panicAtHalf);
  ejectOnly(targets, ...targets.slice(0, 2));
  expect(shares(chooser, targets).slice(0, 2)).toEqual([0, 0]);
  ejectOnly(targets, ...targets.slice(0, 3));
  for (const share of shares(chooser, targets)) expect(share).toBeGreaterThan(0.15);
});

test.each(algorithms)("%s: without panic, nobody is chosen when nobody is healthy", (algorithm) => {
  const targets = testTargets(3);
  const chooser = balancer(algorithm, { ejections: { panicThresholdPercent: 0 } });
  ejectOnly(targets, ...targets);
  expect(chooser.pick(targets, { random: Math.random, nowMs: 0, hash: 1 })).toBeUndefined();
});

test.each(algorithms)("%s: where ejections are not heeded they change nothing", (algorithm) => {
  const targets = testTargets(2);
  ejectOnly(targets, targets[0] as Target);
  expect(shares(balancer(algorithm), targets)[0]).toBeGreaterThan(0.35);
});

test.each(algorithms)(
  "%s: a target tried already is taken only when there is no other healthy one",
  (algorithm) => {
    const targets = testTargets(3);
    const [a, b, c] = targets as [Target, Target, Target];
    const chooser = balancer(algorithm, panicAtHalf);
    const except = [a.upstream];
    expect(shares(chooser, targets, { except })[0]).toBe(0);
    expect(shares(chooser, targets, { except: [a.upstream, b.upstream] })).toEqual([0, 0, 1]);
    ejectOnly(targets, c);
    expect(shares(chooser, targets, { except })).toEqual([0, 1, 0]);
    const all = [a.upstream, b.upstream, c.upstream];
    expect(shares(chooser, targets, { except: all })[2]).toBe(0);
  },
);

test.each(algorithms)("%s: weights 1 and 3 share about 1 to 3", (algorithm) => {
  const targets = testTargets(2, (index) => ({ weight: index === 0 ? 1 : 3 }));
  const [light] = shares(balancer(algorithm), targets) as [number];
  // Peak EWMA compares cost / weight of the two, so of two idle hosts the heavier one always wins.
  expect(light).toBeGreaterThanOrEqual(algorithm === "peakEwma" ? 0 : 0.2);
  expect(light).toBeLessThan(0.3);
});

test.each(["leastRequest", "roundRobin", "random", "ringHash", "maglev"] as const)(
  "%s: a new endpoint's share grows from a tenth over the slow start window",
  (algorithm) => {
    const targets = testTargets(2);
    const chooser = balancer(algorithm, { slowStartMs: 10_000 });
    shares(chooser, targets.slice(0, 1));
    const both = [...targets];
    const shareAt = (nowMs: number): number => shares(chooser, both, { nowMs })[1] as number;
    const [start, half, whole] = [shareAt(100_000), shareAt(105_000), shareAt(110_000)] as const;
    expect(start).toBeGreaterThan(0.03);
    expect(start).toBeLessThan(0.13);
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.4);
    expect(whole).toBeGreaterThan(0.4);
  },
);

test.each(algorithms)("%s: endpoints that all appear together have no slow start", (algorithm) => {
  const targets = testTargets(2);
  expect(shares(balancer(algorithm, { slowStartMs: 10_000 }), targets)[1]).toBeGreaterThan(0.35);
});

const here = { zone: "a", zonePreference: true };
const zones = ["a", "a", "a", "a", "b", "b", "b", "b"];

test.each`
  out                | share   | why
  ${[]}              | ${1}    | ${"all of the own zone are healthy"}
  ${[0]}             | ${1}    | ${"three of four carry everything (overprovisioning 1.4)"}
  ${[4, 5, 6]}       | ${1}    | ${"others' troubles do not matter"}
  ${[0, 1]}          | ${0.7}  | ${"half of them carry 70 %"}
  ${[0, 1, 2, 4]}    | ${0.35} | ${"a quarter of them carry 35 %"}
  ${[0, 1, 2, 3]}    | ${0}    | ${"none of them is left"}
  ${[0, 1, 2, 3, 4]} | ${0.5}  | ${"panic: zones do not matter"}
`("with $out of eight ejected $share stays in the zone: $why", ({ out, share }) => {
  for (const algorithm of algorithms) {
    const targets = testTargets(8, (index) => ({ zone: zones[index] }));
    ejectOnly(targets, ...targets.filter((_, index) => out.includes(index)));
    const got = shares(balancer(algorithm, { ...here, ...panicAtHalf }), targets);
    const stayed = got.slice(0, 4).reduce((sum, part) => sum + part, 0);
    expect(Math.abs(stayed - share), algorithm).toBeLessThan(0.06);
  }
});

test("zones do not matter without a preference, without an own zone, or without a target in it", () => {
  const targets = testTargets(8, (index) => ({ zone: zones[index] }));
  for (const setting of [{ zone: "a" }, { zonePreference: true }, { zone: "c", zonePreference: true }])
    expect(Math.min(...shares(balancer("random", setting), targets))).toBeGreaterThan(0.08);
});

test("a retry leaves the zone rather than try the same target again", () => {
  const targets = testTargets(3, (index) => ({ zone: index === 0 ? "a" : "b" }));
  const except = [(targets[0] as Target).upstream];
  const [again, ...others] = shares(balancer("random", here), targets, { except }) as [
    number,
    number,
    number,
  ];
  expect(again).toBe(0);
  expect(Math.min(...others)).toBeGreaterThan(0.4);
});

test("without settings it is plain least request, draw for draw", () => {
  const targets = testTargets(4);
  targets.forEach(({ upstream }, index) => {
    upstream.active = index;
  });
  const draws = [0.3, 0.9];
  const random = (): number => draws.shift() as number;
  expect(createBalancer(undefined).pick(targets, { random, nowMs: 0 })).toBe(targets[0]);
  expect(draws).toEqual([]);
});
