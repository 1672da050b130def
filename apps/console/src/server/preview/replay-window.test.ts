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

/** One request a part, each of which takes `tookMs` to read. */
async function replayed(toMs: number, tookMs: number, settings: Partial<ReplayWindowSettings> = {}) {
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
        return [shape];
      },
      replay: replayPolicy(policy, {
        ...{ service: "payments", stableVersion: "v1", sidecarsOf: () => 1, random: () => 0 },
      }),
      ...{ tally, budgetMs: 2_000, clock: () => nowMs, signal: undefined, ...settings },
    },
  );
  for await (const coveredToMs of steps) told.push(coveredToMs);
  return { parts, told, requests: (await tally.answer(async () => [])).requests };
}

test("a window is replayed whole, its parts one after the other", async () => {
  const { parts, told, requests } = await replayed(3_600_000, 10);
  expect(told.at(-1)).toBe(3_600_000);
  expect(parts.map(({ fromMs }) => fromMs)).toEqual([0, ...told.slice(0, -1)]);
  expect(parts.map(({ toMs }) => toMs)).toEqual(told);
  expect(requests).toBe(parts.length);
});

test("parts that take long become short ones, as soon as the one that is read already is through, and none is begun when the time is up", async () => {
  const { parts, told } = await replayed(3_600_000, 700);
  expect(parts.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([5_000, 5_000, 1_250]);
  expect(told).toEqual([5_000, 10_000, 11_250]);
});

test("none is begun when the asker has gone", async () => {
  expect((await replayed(3_600_000, 10, { signal: AbortSignal.abort() })).parts).toEqual([]);
});
