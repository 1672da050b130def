import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { carrierLatencyMs } from "./carrier-latency.ts";

test("the carrier is slow with a long tail", () => {
  const random = seededRandom(7);
  const times = Array.from({ length: 20_000 }, () => carrierLatencyMs(random)).sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  expect(at(0.5)).toBeCloseTo(110, -1);
  expect(at(0.9)).toBeGreaterThan(180);
  expect(at(0.99)).toBeGreaterThan(280);
  expect(at(0.99)).toBeLessThan(340);
});
