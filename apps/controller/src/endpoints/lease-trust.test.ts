import { expect, test } from "vitest";
import { LeaseTrust } from "./lease-trust.ts";

function trustFrom(lapsedAtStart: boolean) {
  const clock = { nowMs: 1_000_000 };
  const trust = new LeaseTrust({ leaseMs: 15_000, settleMs: 2_000, now: () => clock.nowMs, lapsedAtStart });
  return {
    trust,
    /** Whether the table is believed after that much time more. */
    after(ms: number) {
      clock.nowMs += ms;
      return trust.settled();
    },
    renew: () => trust.renewed(clock.nowMs),
  };
}

test("a start that found every lease alive believes the table at once", () => {
  expect(trustFrom(false).after(0)).toBe(true);
});

test("a start that found leases run out waits for the sidecars to come back", () => {
  const { after } = trustFrom(true);
  expect([after(0), after(1_999), after(1)]).toEqual([false, false, true]);
});

test("renewals in time keep the trust", () => {
  const { after, renew } = trustFrom(false);
  for (let i = 0; i < 10; i++) {
    expect(after(5_000)).toBe(true);
    renew();
  }
});

test("without a renewal the trust ends before the leases do", () => {
  const { after } = trustFrom(false);
  expect([after(10_000), after(1)]).toEqual([true, false]);
});

test("after such a gap a renewal counts only once the others had time to renew too", () => {
  const { after, renew } = trustFrom(false);
  expect(after(60_000)).toBe(false);
  renew();
  expect([after(0), after(1_999), after(1)]).toEqual([false, false, true]);
});

test("a renewal that took so long that it may be stale already restores nothing", () => {
  const { trust, after } = trustFrom(false);
  after(60_000);
  trust.renewed(1_000_000);
  expect(after(5_000)).toBe(false);
});
