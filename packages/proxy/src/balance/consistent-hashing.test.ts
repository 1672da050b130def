import { loadBalancerSettings } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { ejectOnly, testTargets } from "../testing/test-targets.ts";
import { createBalancer } from "./balancer.ts";
import { HashTables } from "./hash-tables.ts";
import { hashText } from "./hash-text.ts";
import { buildMaglev, maglevSize } from "./maglev.ts";
import { buildRing } from "./ring-hash.ts";
import type { Target } from "./target.ts";

const algorithms = ["ringHash", "maglev"] as const;
const keys = Array.from({ length: 10_000 }, (_, i) => hashText(`user-${i}`));
const random = (): never => {
  throw new Error("a request with a hash is left to no chance");
};

/** The address that each key goes to. */
function placement(
  algorithm: (typeof algorithms)[number],
  targets: readonly Target[],
  tables?: HashTables,
): string[] {
  const settings = loadBalancerSettings({ algorithm, hashOn: { source: true } });
  const balancer = createBalancer(settings, { tables, ejections: { panicThresholdPercent: 50 } });
  return keys.map((hash) => {
    const target = balancer.pick(targets, { random, nowMs: 0, hash });
    return (target as Target).upstream.address;
  });
}

const moved = (before: readonly string[], after: readonly string[]): number =>
  before.filter((address, index) => address !== after[index]).length / before.length;

for (const algorithm of algorithms) {
  test.each([2, 5, 10, 30])(`${algorithm}: of %i hosts each gets about its share`, (count) => {
    const counts = new Map<string, number>();
    for (const address of placement(algorithm, testTargets(count)))
      counts.set(address, (counts.get(address) ?? 0) + 1);
    const [least, most] = [Math.min(...counts.values()), Math.max(...counts.values())];
    expect(counts.size).toBe(count);
    // A ring of 160 points a host is even to some 8 %, a Maglev table to about 1 %; both sampled by 10,000 keys.
    expect(least).toBeGreaterThan((0.7 * keys.length) / count);
    expect(most).toBeLessThan((1.35 * keys.length) / count);
  });

  test.each([4, 10, 30])(
    `${algorithm}: removing one of %i hosts moves its own keys and few others`,
    (count) => {
      const targets = testTargets(count);
      const before = placement(algorithm, targets);
      const gone = targets[1] as Target;
      const after = placement(
        algorithm,
        targets.filter((target) => target !== gone),
      );
      const own = before.filter((address) => address === gone.upstream.address).length / keys.length;
      expect(moved(before, after)).toBeGreaterThanOrEqual(own);
      expect(moved(before, after)).toBeLessThan(own + (algorithm === "ringHash" ? 1e-9 : 0.05));
    },
  );

  test(`${algorithm}: ejecting a host moves its own keys only, to all of the others, and back`, () => {
    const targets = testTargets(6);
    const before = placement(algorithm, targets);
    ejectOnly(targets, targets[0] as Target);
    const after = placement(algorithm, targets);
    const own = (targets[0] as Target).upstream.address;
    before.forEach((address, index) => {
      if (address !== own) expect(after[index]).toBe(address);
    });
    expect(new Set(after.filter((_, index) => before[index] === own)).size).toBe(5);
    ejectOnly(targets);
    expect(placement(algorithm, targets)).toEqual(before);
  });

  test(`${algorithm}: in whatever order the endpoints come, every sidecar chooses the same`, () => {
    const targets = testTargets(7);
    expect(placement(algorithm, targets.toReversed())).toEqual(placement(algorithm, targets));
  });

  test(`${algorithm}: a new snapshot with the same endpoints finds its table made`, () => {
    const tables = new HashTables();
    const before = placement(algorithm, testTargets(5), tables);
    expect(placement(algorithm, testTargets(5).toReversed(), tables)).toEqual(before);
    expect(tables.size).toBe(1);
    placement(algorithm, testTargets(4), tables);
    expect(tables.size).toBe(2);
  });
}

test("a request without a hash goes anywhere", () => {
  const targets = testTargets(4);
  const settings = loadBalancerSettings({ algorithm: "maglev", hashOn: { source: true } });
  const balancer = createBalancer(settings);
  const chosen = Array.from({ length: 200 }, () => balancer.pick(targets, { random: Math.random, nowMs: 0 }));
  expect(new Set(chosen).size).toBe(4);
});

test("tables take 65,537 places and 160 points a host, by weight", () => {
  const hosts = [
    { address: "a:1", weight: 1 },
    { address: "b:1", weight: 4 },
  ];
  const { owners } = buildMaglev(hosts);
  expect(owners.length).toBe(maglevSize);
  expect(owners.filter((owner) => owner === 0).length).toBe(Math.floor(maglevSize / 5));
  expect(buildRing(hosts).owners.filter((owner) => owner === 0).length).toBe(40);
  expect(buildRing(hosts).points.length).toBe(200);
});

test("tables that nobody asked for lately are dropped before they fill the memory", () => {
  const tables = new HashTables();
  const kind = { name: "large", make: () => ({ bytes: 5 * 1024 * 1024 }) };
  for (let i = 0; i < 20; i++) tables.get(kind, [{ address: `a:${i}`, weight: 1 }]);
  expect(tables.size).toBe(3);
});

/** MurmurHash3 x86_32 by Node's own bytes: the independent way to the same number. */
test("hashes are MurmurHash3 of the UTF-16 bytes", () => {
  const reference = (text: string, seed: number): number => {
    const bytes = Buffer.from(text, "utf16le");
    const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) & 0xffffffffn;
    const times = (x: bigint, y: bigint): bigint => (x * y) & 0xffffffffn;
    let hash = BigInt(seed);
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) {
      hash ^= times(rotate(times(BigInt(bytes.readUInt32LE(at)), 0xcc9e2d51n), 15n), 0x1b873593n);
      hash = (times(rotate(hash, 13n), 5n) + 0xe6546b64n) & 0xffffffffn;
    }
    if (at < bytes.length)
      hash ^= times(rotate(times(BigInt(bytes.readUInt16LE(at)), 0xcc9e2d51n), 15n), 0x1b873593n);
    hash ^= BigInt(bytes.length);
    hash = times(hash ^ (hash >> 16n), 0x85ebca6bn);
    hash = times(hash ^ (hash >> 13n), 0xc2b2ae35n);
    return Number(hash ^ (hash >> 16n));
  };
  for (const text of ["", "a", "ab", "abc", "10.0.0.1:80_159", "größe 漢字 🦊"])
    for (const seed of [0, 1, 2]) expect(hashText(text, seed)).toBe(reference(text, seed));
});
