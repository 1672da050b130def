import type { RolloutPlan } from "@weir/rollout";
import type { EdgePoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { createCaller, router } from "../trpc.ts";
import { replay, type ToldReplay } from "./replay.ts";

const fromMs = Date.UTC(2026, 10, 1, 10);
const window = "2026-11-01T10:00:00Z/2026-11-01T10:10:00Z";
const plan: z.input<typeof RolloutPlan> = {
  ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
  steps: [10, 100].map((weight) => ({ weight, forMs: 120_000 })),
};

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
  const slot = (atMs: number, version: string, change: Partial<EdgePoint> = {}): EdgePoint => ({
    ...{
      timeMs: atMs + 10_000,
      reporter: "source",
      protocol: "http",
      method: "POST",
      statusClass: 2,
      flag: "",
    },
    source: { namespace: "shop", service: "cart", version: "v1" },
    destination: { namespace: "shop", service: "payments", version },
    ...{ requests: 980, requestBytes: 0, responseBytes: 0, durationSumSeconds: 50, exemplars: [] },
    ...{ histogram: { indexes: [-70, -40], counts: [970, 10] }, ...change },
  });
  const failed = { statusClass: 5, requests: 20, histogram: { indexes: [-70], counts: [20] } };
  const starts = Array.from({ length: 90 }, (_, n) => fromMs - 300_000 + n * 10_000);
  await mesh.commit({
    edgePoints: starts.flatMap((atMs) => [
      slot(atMs, "v1"),
      slot(atMs, "v1", failed),
      slot(atMs, "v0", failed),
    ]),
  });
});
afterAll(() => mesh.close());

async function ask(given: object = {}): Promise<ToldReplay[]> {
  const { replay: asked } = createCaller(router({ replay }))(mesh.context);
  const told: ToldReplay[] = [];
  for await (const each of await asked({ plan, window, degradation: {}, ...given })) told.push(each);
  return told;
}

test("a bad canary is caught on the requests that really came, all versions' together", async () => {
  const last = (await ask({ degradation: { errors: { points: 0.2 } } })).at(-1);
  expect(last).toMatchObject({ finished: true, requests: 60 * 1_020, runs: 200, done: 200 });
  expect(last?.window).toEqual({ fromMs, toMs: fromMs + 600_000 });
  expect(last?.answer).toMatchObject({ takenBack: 200, windowMs: 600_000, lengthMs: 600_000 });
  expect(last?.answer?.caughtMs?.median).toBeLessThan(120_000);
  expect(last?.answer?.sentence).toMatch(/^A canary that fails 20 points more often would have been caught/);
});

test("the same question has the same answer", async () => {
  const asked = () => ask({ degradation: { latency: { times: 2 } } });
  expect((await asked()).at(-1)).toEqual((await asked()).at(-1));
});

test("a service that nobody asked is told as such", async () => {
  const told = await ask({ plan: { ...plan, targetRef: "none" } });
  expect(told).toEqual([{ window: expect.anything(), requests: 0, done: 0, runs: 0, finished: true }]);
});

test.each`
  what                     | given                                                       | path
  ${"a plan without end"}  | ${{ plan: { ...plan, steps: [{ weight: 10, forMs: 1 }] } }} | ${"steps"}
  ${"a canary that heals"} | ${{ degradation: { errors: { times: 0.5 } } }}              | ${"times"}
  ${"more than a day"}     | ${{ window: "25h" }}                                        | ${"24 hours"}
  ${"no window"}           | ${{ window: "soon" }}                                       | ${"must be a length"}
`("$what is refused", async ({ given, path }) => {
  await expect(ask(given)).rejects.toThrow(new RegExp(path));
});
