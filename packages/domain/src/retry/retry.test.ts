import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMs, retryOnMatches, retrySettings } from "./retry.ts";
import { enterRequest, leaveRequest, leaveRetry, retryBudgetCells, tryRetry } from "./retry-budget.ts";
import { RetrySpec } from "./retry-spec.ts";

const reset = { status: 0, failure: "reset" };
const timeout = { status: 0, failure: "timeout" };
const connectFailure = { status: 0, failure: "connectFailure" };
const refusedStream = { status: 0, failure: "refusedStream" };
const overflow = { status: 0, failure: "overflow" };

test.each`
  on                          | answer                             | again
  ${["5xx"]}                  | ${{ status: 500 }}                 | ${true}
  ${["5xx"]}                  | ${{ status: 503 }}                 | ${true}
  ${["5xx"]}                  | ${{ status: 499 }}                 | ${false}
  ${["5xx"]}                  | ${{ status: 200 }}                 | ${false}
  ${["5xx"]}                  | ${reset}                           | ${true}
  ${["5xx"]}                  | ${timeout}                         | ${true}
  ${["5xx"]}                  | ${connectFailure}                  | ${true}
  ${["5xx"]}                  | ${refusedStream}                   | ${true}
  ${["5xx"]}                  | ${overflow}                        | ${false}
  ${["gateway-error"]}        | ${{ status: 502 }}                 | ${true}
  ${["gateway-error"]}        | ${{ status: 504 }}                 | ${true}
  ${["gateway-error"]}        | ${{ status: 500 }}                 | ${false}
  ${["gateway-error"]}        | ${{ status: 505 }}                 | ${false}
  ${["gateway-error"]}        | ${reset}                           | ${true}
  ${["reset"]}                | ${reset}                           | ${true}
  ${["reset"]}                | ${timeout}                         | ${true}
  ${["reset"]}                | ${{ status: 503 }}                 | ${false}
  ${["reset"]}                | ${overflow}                        | ${false}
  ${["connect-failure"]}      | ${connectFailure}                  | ${true}
  ${["connect-failure"]}      | ${reset}                           | ${false}
  ${["connect-failure"]}      | ${timeout}                         | ${false}
  ${["connect-failure"]}      | ${{ status: 503 }}                 | ${false}
  ${["refused-stream"]}       | ${refusedStream}                   | ${true}
  ${["refused-stream"]}       | ${reset}                           | ${false}
  ${["retriable-4xx"]}        | ${{ status: 409 }}                 | ${true}
  ${["retriable-4xx"]}        | ${{ status: 404 }}                 | ${false}
  ${[429]}                    | ${{ status: 429 }}                 | ${true}
  ${[429]}                    | ${{ status: 428 }}                 | ${false}
  ${[503]}                    | ${reset}                           | ${false}
  ${["cancelled"]}            | ${{ status: 200, grpcStatus: 1 }}  | ${true}
  ${["deadline-exceeded"]}    | ${{ status: 200, grpcStatus: 4 }}  | ${true}
  ${["resource-exhausted"]}   | ${{ status: 200, grpcStatus: 8 }}  | ${true}
  ${["internal"]}             | ${{ status: 200, grpcStatus: 13 }} | ${true}
  ${["unavailable"]}          | ${{ status: 200, grpcStatus: 14 }} | ${true}
  ${["unavailable"]}          | ${{ status: 200, grpcStatus: 13 }} | ${false}
  ${["unavailable"]}          | ${{ status: 200, grpcStatus: 0 }}  | ${false}
  ${["unavailable"]}          | ${{ status: 503 }}                 | ${false}
  ${["unavailable", "reset"]} | ${reset}                           | ${true}
  ${[]}                       | ${reset}                           | ${false}
`("retry on $on: $answer is tried again: $again", ({ on, answer, again }) => {
  expect(retryOnMatches({ on }, answer)).toBe(again);
});

test.each`
  retry | border
  ${1}  | ${25}
  ${2}  | ${75}
  ${3}  | ${175}
  ${4}  | ${250}
  ${10} | ${250}
`("the wait before retry $retry is anywhere in [0, $border) ms", ({ retry, border }) => {
  const { backOff } = retrySettings({ on: ["5xx"], attempts: 3 });
  expect(backOffMs(retry, backOff, () => 0)).toBe(0);
  expect(backOffMs(retry, backOff, () => 0.5)).toBe(border / 2);
  expect(backOffMs(retry, backOff, () => 1 - Number.EPSILON)).toBeLessThan(border);
});

test("what is not said has Envoy's defaults", () => {
  expect(retrySettings(RetrySpec.parse({ on: ["5xx"], attempts: 2, backOff: { baseMs: 5 } }))).toEqual({
    on: ["5xx"],
    attempts: 2,
    perTryTimeoutMs: undefined,
    backOff: { baseMs: 5, maxMs: 50 },
    budget: { percent: 20, minConcurrent: 3 },
  });
});

test.each`
  spec
  ${{ on: [], attempts: 1 }}
  ${{ on: ["5XX"], attempts: 1 }}
  ${{ on: [399], attempts: 1 }}
  ${{ on: [600], attempts: 1 }}
  ${{ on: ["5xx"], attempts: 0 }}
  ${{ on: ["5xx"], attempts: 11 }}
  ${{ on: ["5xx"] }}
  ${{ on: ["5xx"], attempts: 1, budget: { percent: 101 } }}
  ${{ on: ["5xx"], attempts: 1, perTryTimeoutMs: 0 }}
  ${{ on: ["5xx"], attempts: 1, retries: 2 }}
`("$spec is refused", ({ spec }) => {
  expect(RetrySpec.safeParse(spec).success).toBe(false);
});

test.each`
  requests | budget                                | allowed
  ${0}     | ${{ percent: 20, minConcurrent: 3 }}  | ${3}
  ${15}    | ${{ percent: 20, minConcurrent: 3 }}  | ${3}
  ${20}    | ${{ percent: 20, minConcurrent: 3 }}  | ${4}
  ${24}    | ${{ percent: 20, minConcurrent: 3 }}  | ${4}
  ${100}   | ${{ percent: 20, minConcurrent: 3 }}  | ${20}
  ${100}   | ${{ percent: 0, minConcurrent: 0 }}   | ${0}
  ${10}    | ${{ percent: 100, minConcurrent: 0 }} | ${10}
`(
  "with $requests requests under way $budget allows $allowed retries at once",
  ({ requests, budget, allowed }) => {
    const cells = new Int32Array(retryBudgetCells);
    for (let i = 0; i < requests; i++) enterRequest(cells);
    let taken = 0;
    while (taken < 1_000 && tryRetry(cells, budget)) taken++;
    expect(taken).toBe(allowed);
  },
);

type Step = "request" | "done" | "retry" | "retried";
const steps = fc.array(fc.constantFrom<Step>("request", "done", "retry", "retried"), { maxLength: 200 });

test("places given back are there again, whatever the order", () => {
  const budget = { percent: 20, minConcurrent: 3 };
  fc.assert(
    fc.property(steps, (list) => {
      const cells = new Int32Array(retryBudgetCells);
      let requests = 0;
      let retries = 0;
      for (const step of list) {
        if (step === "request") {
          enterRequest(cells);
          requests++;
        } else if (step === "done" && requests > 0) {
          leaveRequest(cells);
          requests--;
        } else if (step === "retried" && retries > 0) {
          leaveRetry(cells);
          retries--;
        } else if (step === "retry") {
          const got = tryRetry(cells, budget);
          expect(got).toBe(retries < Math.max(3, Math.floor(requests / 5)));
          if (got) retries++;
        }
      }
    }),
  );
});
