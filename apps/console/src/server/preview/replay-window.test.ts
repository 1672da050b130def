import { Policy, replayPolicy, type Window } from "@weir/domain";
import { expect, test } from "vitest";
import { PreviewTally } from "./preview-tally.ts";
import { type ReplayWindowSettings, replayWindow } from "./replay-window.ts";

const common = { name: "draft", namespace: "shop", targetRef: "payments" };
const policy = Policy.parse({ ...common, kind: "route", rules: [{ mirror: { version: "v2" } }] });
const source = { namespace: "shop", service: "cart", version: "v1" };
const shape = {
  ...{ source, version: "v1", protocol: "http", method: "GET", path: "/", host: "payments" },
  ...{ status: 200, flag: "", sent: true, requests: 1 },
  ...{ atMs: Int32Array.of(1), durationUs: Int32Array.of(1) },
};

/** Parts of as many requests as they have seconds times `perSecond`, each of which takes `tookMs` to read. */
async function replayed(
  toMs: number,
  perSecond: number,
  settings: Partial<ReplayWindowSettings> = {},
  tookMs = 10,
) {
  let nowMs = 0;
  const parts: Window[] = [];
  const tally = new PreviewTally();
  const told: number[] = [];
  const steps = replayWindow(
    { fromMs: 0, toMs },
    {
      read: async (part) => {
        parts.push(part);
        nowMs += tookMs;
        return [{ ...shape, requests: Math.round(((part.toMs - part.fromMs) / 1_000) * perSecond) }];
      },
      replay: replayPolicy(policy, {
        ...{ service: "payments", stableVersion: "v1", sidecarsOf: () => 1, random: () => 0 },
      }),
      ...{ tally, budgetMs: 2_000, clock: () => nowMs, signal: undefined, ...settings },
    },
  );
  for await (const coveredToMs of steps) told.push(coveredToMs);
  return { parts, told, widths: parts.map((part) => part.toMs - part.fromMs) };
}

test("a window is replayed whole, its parts one after the other", async () => {
  const { parts, told } = await replayed(3_600_000, 100);
  expect(told.at(-1)).toBe(3_600_000);
  expect(parts.map(({ fromMs }) => fromMs)).toEqual([0, ...told.slice(0, -1)]);
  expect(parts.map(({ toMs }) => toMs)).toEqual(told);
});

test("parts are made as wide as to hold what is judged without keeping others waiting", async () => {
  expect((await replayed(3_600_000, 100)).widths.slice(0, 6)).toEqual([
    ...[5_000, 5_000, 40_000, 40_000, 320_000, 320_000],
  ]);
  expect((await replayed(3_600_000, 1_000)).widths.slice(4, 7)).toEqual([100_000, 100_000, 100_000]);
  expect((await replayed(60_000, 1_000_000)).widths.slice(0, 5)).toEqual([
    ...[5_000, 5_000, 1_250, 1_250, 500],
  ]);
});

test("none is begun when the time is up", async () => {
  const { told } = await replayed(3_600_000, 1_000, {}, 700);
  expect(told).toHaveLength(3);
});

test("none is begun when the asker has gone", async () => {
  expect((await replayed(3_600_000, 10, { signal: AbortSignal.abort() })).parts).toEqual([]);
});
