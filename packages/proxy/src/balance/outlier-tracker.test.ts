import { localCells, outlierDetectionSettings } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { ejectedOf, OutlierTracker } from "./outlier-tracker.ts";
import type { Target } from "./target.ts";
import { newUpstream } from "./upstream.ts";

const settings = outlierDetectionSettings({});

function tracked(tracker: OutlierTracker, ...versions: readonly string[]): Target[] {
  return versions.map((version, index) => {
    const upstream = newUpstream(`10.0.0.${index}:80`, `10.0.0.${index}`, 80);
    const health = tracker.track(version, upstream.address);
    return { upstream, version, party: { namespace: "shop", service: "web", version }, health };
  });
}

test("the fifth failure in a row ejects, every worker sees it, and a sweep brings the host back", () => {
  const cells = localCells();
  const mine = new OutlierTracker(settings, cells, "shop/web strict");
  const others = new OutlierTracker(settings, cells, "shop/web strict");
  const targets = tracked(mine, "v1", "v1", "v1");
  const theirs = tracked(others, "v1", "v1", "v1");
  mine.sweep(0);
  const [target] = targets as [Target];
  for (let i = 0; i < 2; i++) expect(mine.record(target, { status: 500 }, 0)).toBeUndefined();
  for (let i = 0; i < 2; i++)
    expect(others.record(theirs[0] as Target, { status: 0, failure: "reset" }, 0)).toBeUndefined();
  expect(ejectedOf(theirs)).toBe(0);
  expect(mine.record(target, { status: 0, failure: "timeout" }, 0)).toBe("consecutive5xx");
  expect(ejectedOf(theirs)).toBe(1);
  expect(others.sweep(20_000)).toEqual([]);
  expect(others.sweep(30_000)).toEqual([{ address: "10.0.0.0:80", reason: undefined }]);
  expect(mine.sweep(30_000)).toEqual([]);
  expect(ejectedOf(targets)).toBe(0);
});

test("versions are judged apart: a failing canary uses up nothing of the stable version", () => {
  const tracker = new OutlierTracker(settings, localCells(), "shop/web strict");
  const targets = tracked(tracker, "v1", "v1", "v2", "v2");
  const fail = (target: Target): unknown => {
    for (let i = 0; i < 4; i++) tracker.record(target, { status: 503 }, 0);
    return tracker.record(target, { status: 503 }, 0);
  };
  expect(targets.map(fail)).toEqual(["consecutive5xx", undefined, "consecutive5xx", undefined]);
});

test("the statistics of an interval eject in its sweep", () => {
  const tracker = new OutlierTracker(
    outlierDetectionSettings({ consecutive5xx: 0, successRate: {} }),
    localCells(),
    "shop/web strict",
  );
  const targets = tracked(tracker, "v1", "v1", "v1", "v1", "v1");
  tracker.sweep(0);
  for (const target of targets)
    for (let i = 0; i < 100; i++)
      tracker.record(target, { status: target === targets[3] && i % 2 === 0 ? 500 : 200 }, 0);
  expect(tracker.sweep(10_000)).toEqual([{ address: "10.0.0.3:80", reason: "successRate" }]);
});

test("what a breaker refused here, or a target without health, is not counted", () => {
  const tracker = new OutlierTracker(settings, localCells(), "shop/web strict");
  const [target] = tracked(tracker, "v1") as [Target];
  for (let i = 0; i < 9; i++) {
    expect(tracker.record(target, { status: 503, failure: "overflow" }, 0)).toBeUndefined();
    expect(tracker.record({ ...target, health: undefined }, { status: 503 }, 0)).toBeUndefined();
  }
});
