import { retryAfterMs } from "@weir/telemetry/process";
import { describe, expect, test } from "vitest";
import { GaveUp, PermanentFailure, RetryableFailure, StoppedWaiting } from "./delivery-failure.ts";
import { type RetrySettings, retrying } from "./retry-sender.ts";

const request = { signal: "traces", encoding: "protobuf", body: Buffer.alloc(0) } as const;

/** A sender on a clock of its own, whose waits are noted and cost nothing. */
function sender(outcomes: (Error | undefined)[], settings: Partial<RetrySettings> = {}, random = 0.5) {
  const waits: number[] = [];
  const closing = new AbortController();
  let nowMs = 1000;
  const send = retrying(
    async () => {
      const outcome = outcomes.shift();
      if (outcome) throw outcome;
      return undefined;
    },
    {
      ...{ initialIntervalMs: 100, maxIntervalMs: 300, maxElapsedMs: 10_000, ...settings },
      closing: closing.signal,
      now: () => nowMs,
      random: () => random,
      pause: async (ms) => {
        waits.push(ms);
        nowMs += ms;
      },
      onFailure: () => {},
    },
  );
  return { waits, closing, send: () => send(request, new AbortController().signal) };
}

const fails = (count: number, after?: number): (Error | undefined)[] =>
  Array.from({ length: count }, () => new RetryableFailure("away", { retryAfterMs: after }));

describe("waits", () => {
  test.each`
    failures                           | random | settings               | waits
    ${fails(4)}                        | ${0.5} | ${{}}                  | ${[100, 150, 225, 300]}
    ${fails(3)}                        | ${0}   | ${{}}                  | ${[50, 75, 112.5]}
    ${fails(2)}                        | ${1}   | ${{}}                  | ${[150, 225]}
    ${fails(1, 20)}                    | ${0.5} | ${{}}                  | ${[100]}
    ${fails(1, 500)}                   | ${0.5} | ${{}}                  | ${[500]}
    ${[...fails(1, 500), ...fails(1)]} | ${0.5} | ${{}}                  | ${[500, 150]}
    ${fails(2)}                        | ${0.5} | ${{ maxElapsedMs: 0 }} | ${[100, 150]}
  `("$waits ms, $settings, random $random", async ({ failures, random, settings, waits }) => {
    const one = sender(failures, settings, random);
    await one.send();
    expect(one.waits).toEqual(waits);
  });
});

test("gives up when the next attempt would come too late, with the failure as the cause", async () => {
  const one = sender(fails(100), { maxElapsedMs: 700 });
  const error = await one.send().catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(GaveUp);
  expect((error as GaveUp).cause).toBeInstanceOf(RetryableFailure);
  expect(one.waits).toEqual([100, 150, 225]);
});

test("a permanent failure is not tried again", async () => {
  const one = sender([new PermanentFailure("no")]);
  await expect(one.send()).rejects.toBeInstanceOf(PermanentFailure);
  expect(one.waits).toEqual([]);
});

test("one answer keeps the others waiting for five minutes at most", async () => {
  const one = sender([new RetryableFailure("away", { retryAfterMs: 3_600_000 }), undefined]);
  await expect(one.send()).rejects.toBeInstanceOf(GaveUp);
  await one.send();
  expect(one.waits).toEqual([300_000]);
});

test("what one request is told to wait for, another waits for", async () => {
  const one = sender([new RetryableFailure("away", { retryAfterMs: 5000 }), undefined, undefined], {
    maxElapsedMs: 10,
  });
  await expect(one.send()).rejects.toBeInstanceOf(GaveUp);
  await one.send();
  expect(one.waits).toEqual([5000]);
});

test("once the collector stops, one attempt is left", async () => {
  const one = sender(fails(2));
  one.closing.abort();
  await expect(one.send()).rejects.toBeInstanceOf(StoppedWaiting);
  expect(one.waits).toEqual([]);
});

test.each`
  value                              | ms
  ${undefined}                       | ${undefined}
  ${"2"}                             | ${2000}
  ${"0"}                             | ${0}
  ${"Thu, 01 Jan 1970 00:00:31 GMT"} | ${30_000}
  ${"Thu, 01 Jan 1970 00:00:00 GMT"} | ${0}
  ${"-1x"}                           | ${undefined}
  ${"soon"}                          | ${undefined}
`("a Retry-After of $value is $ms ms", ({ value, ms }) => {
  expect(retryAfterMs(value, 1000)).toBe(ms);
});
