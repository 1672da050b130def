import { notificationTopics } from "@weir/domain";
import { expect, test } from "vitest";
import { deliveryWords, targetState, toldOf } from "./target-words.ts";

test.each`
  topics                     | leastSeverity | words
  ${["config", "health"]}    | ${"info"}     | ${"changes, health"}
  ${[...notificationTopics]} | ${"info"}     | ${"everything"}
  ${["health"]}              | ${"warning"}  | ${"health: warnings and worse"}
`("told of $words", ({ words, ...target }) => expect(toldOf(target)).toBe(words));

const error = "answered 503";

test.each`
  given                                                         | tone       | words
  ${{ last: null }}                                             | ${"new"}   | ${"nothing sent yet"}
  ${{ last: { state: "delivered", atMs: 5, error: null } }}     | ${"fine"}  | ${"delivered t5"}
  ${{ last: { state: "waiting", atMs: 5, error }, waiting: 2 }} | ${"wrong"} | ${"last attempt failed: answered 503, 2 deliveries waiting"}
  ${{ last: null, paused: true, waiting: 1 }}                   | ${"off"}   | ${"paused: told nothing, nor later what happens meanwhile, 1 delivery waiting"}
`("$words", ({ given, tone, words }) => {
  expect(targetState({ paused: false, waiting: 0, ...given }, (ms) => `t${ms}`)).toEqual({ tone, words });
});

test.each`
  given                                                           | words
  ${{ state: "delivered", attempts: 1, status: 200 }}             | ${"delivered, answered 200"}
  ${{ state: "delivered", attempts: 3, status: 204 }}             | ${"delivered at attempt 3, answered 204"}
  ${{ state: "waiting", attempts: 0 }}                            | ${"waits for its turn"}
  ${{ state: "waiting", attempts: 2, error, nextAttemptAtMs: 9 }} | ${"answered 503; next attempt at t9"}
  ${{ state: "failed", attempts: 5, error }}                      | ${"given up after 5 attempts: answered 503"}
`("$words", ({ given, words }) => {
  const whole = {
    type: "test",
    severity: "info",
    title: "",
    atMs: 0,
    attemptedAtMs: null,
  } as const;
  const none = { status: null, error: null, nextAttemptAtMs: null };
  expect(deliveryWords({ ...whole, ...none, ...given }, (ms) => `t${ms}`)).toBe(words);
});
