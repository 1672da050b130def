import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RateLimitSpec } from "./rate-limit-spec.ts";
import { type TokenBucketSettings, takeToken, tokenBucketCells } from "./token-bucket.ts";

const wallMs = 1_900_000_000_000;
const takeAll = (cells: Int32Array, settings: TokenBucketSettings, nowMs: number): number => {
  let taken = 0;
  while (taken < 1_000_000 && takeToken(cells, settings, nowMs)) taken++;
  return taken;
};
const newBucket = (): Int32Array => new Int32Array(tokenBucketCells);

test.each`
  max     | perFill | intervalMs | laterMs                 | left    | why
  ${10}   | ${2}    | ${100}     | ${0}                    | ${0}    | ${"an empty bucket stays empty between fills"}
  ${10}   | ${2}    | ${100}     | ${99}                   | ${0}    | ${"a fill comes at once or not at all"}
  ${10}   | ${2}    | ${100}     | ${100}                  | ${2}    | ${"one fill"}
  ${10}   | ${2}    | ${100}     | ${350}                  | ${6}    | ${"three fills"}
  ${10}   | ${2}    | ${100}     | ${500}                  | ${10}   | ${"five fills are a full bucket"}
  ${10}   | ${2}    | ${100}     | ${900}                  | ${10}   | ${"never above the maximum"}
  ${10}   | ${50}   | ${100}     | ${100}                  | ${10}   | ${"a fill larger than the bucket"}
  ${1}    | ${1}    | ${50}      | ${86_400_000}           | ${1}    | ${"a day without use"}
  ${5000} | ${1000} | ${50}      | ${2 ** 31 / 20}         | ${5000} | ${"unused until the count has half wrapped"}
  ${5000} | ${1000} | ${50}      | ${2 ** 32 / 20 + 5_000} | ${5000} | ${"unused until the count has wrapped"}
  ${5000} | ${1000} | ${50}      | ${40 * 365 * 86_400e3}  | ${5000} | ${"unused for forty years"}
  ${10}   | ${2}    | ${100}     | ${-100}                 | ${0}    | ${"another thread's clock was read earlier"}
  ${10}   | ${2}    | ${100}     | ${-3_600_000}           | ${10}   | ${"the clock was set back"}
`(
  "$max tokens, $perFill every $intervalMs ms: $left after $laterMs ms ($why)",
  ({ max, perFill, intervalMs, laterMs, left }) => {
    const settings = { maxTokens: max, tokensPerFill: perFill, fillIntervalMs: intervalMs };
    const cells = newBucket();
    expect(takeAll(cells, settings, wallMs)).toBe(max);
    expect(takeAll(cells, settings, wallMs + laterMs)).toBe(left);
  },
);

test("a bucket is what its definition says, whatever the pace", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 50, max: 5_000 }),
      fc.array(fc.record({ waitMs: fc.nat(20_000), takes: fc.nat(60) }), { maxLength: 40 }),
      (maxTokens, tokensPerFill, fillIntervalMs, steps) => {
        const cells = newBucket();
        let tokens = maxTokens;
        let nowMs = wallMs;
        for (const { waitMs, takes } of steps) {
          const fills = Math.floor((nowMs + waitMs) / fillIntervalMs) - Math.floor(nowMs / fillIntervalMs);
          nowMs += waitMs;
          tokens = Math.min(maxTokens, tokens + fills * tokensPerFill);
          for (let i = 0; i < takes; i++) {
            expect(takeToken(cells, { maxTokens, tokensPerFill, fillIntervalMs }, nowMs)).toBe(tokens > 0);
            tokens = Math.max(0, tokens - 1);
          }
        }
      },
    ),
  );
});

const hammer = `
  import { parentPort, workerData } from "node:worker_threads";
  const { takeToken } = await import(workerData.module);
  const { cells, settings, startMs, fills, gate } = workerData;
  Atomics.add(gate, 0, 1);
  while (Atomics.load(gate, 0) < gate[1]) {}
  let taken = 0;
  for (let fill = 0; fill <= fills; fill++) {
    const nowMs = startMs + fill * settings.fillIntervalMs;
    while (takeToken(cells, settings, nowMs)) taken++;
    // Nobody moves on before all have found the bucket empty: the budget up to here must be used up exactly.
    Atomics.add(gate, 2, 1);
    while (Atomics.load(gate, 2) < (fill + 1) * gate[1]) {}
  }
  parentPort.postMessage(taken);
`;

test("threads that take at once get the budget together, never more and never less", async () => {
  const cells = new Int32Array(new SharedArrayBuffer(4 * tokenBucketCells));
  const gate = new Int32Array(new SharedArrayBuffer(12));
  const threads = 3;
  gate[1] = threads;
  const settings = { maxTokens: 20_000, tokensPerFill: 7_000, fillIntervalMs: 50 };
  const workerData = {
    module: new URL("./token-bucket.ts", import.meta.url).href,
    cells,
    settings,
    startMs: wallMs,
    fills: 20,
    gate,
  };
  const results = await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise<number>((resolve, reject) => {
          const url = new URL(`data:text/javascript,${encodeURIComponent(hammer)}`);
          new Worker(url, { workerData }).once("message", resolve).once("error", reject);
        }),
    ),
  );
  expect(results.reduce((sum, taken) => sum + taken, 0)).toBe(20_000 + 20 * 7_000);
});

test.each`
  spec                                                       | accepted
  ${{ maxTokens: 10, tokensPerFill: 1, fillIntervalMs: 50 }} | ${true}
  ${{ maxTokens: 10, tokensPerFill: 1, fillIntervalMs: 49 }} | ${false}
  ${{ maxTokens: 0, tokensPerFill: 1, fillIntervalMs: 50 }}  | ${false}
  ${{ maxTokens: 10, tokensPerFill: 0, fillIntervalMs: 50 }} | ${false}
  ${{ maxTokens: 10, tokensPerFill: 1 }}                     | ${false}
`("$spec is accepted: $accepted", ({ spec, accepted }) => {
  expect(RateLimitSpec.safeParse(spec).success).toBe(accepted);
});

test.each`
  match                                      | accepted
  ${{ source: { service: "web" } }}          | ${true}
  ${{ header: { name: "x-a", exact: "1" } }} | ${true}
  ${{ path: { prefix: "/api" } }}            | ${true}
  ${{}}                                      | ${false}
  ${{ path: { prefix: "api" } }}             | ${false}
  ${{ method: "GET" }}                       | ${false}
`("an override for $match is accepted: $accepted", ({ match, accepted }) => {
  const bucket = { maxTokens: 10, tokensPerFill: 1, fillIntervalMs: 50 };
  expect(RateLimitSpec.safeParse({ ...bucket, overrides: [{ match, ...bucket }] }).success).toBe(accepted);
});
