import { expect, test } from "vitest";
import { NoAnswer } from "../webhooks/exchange.ts";
import { outcomeOf } from "./outcome-of.ts";

const answer = (status: number, more = {}) => ({
  ...{ status, text: "what it said", isCut: false, location: undefined, retryAfterMs: undefined },
  ...more,
});
const hourMs = 3_600_000;
const silence = new NoAnswer("no whole answer within 10 ms");

test.each`
  got                                      | at                        | outcome
  ${answer(200)}                           | ${{}}                     | ${"delivered"}
  ${answer(204)}                           | ${{ ageMs: 99 * hourMs }} | ${"delivered"}
  ${silence}                               | ${{}}                     | ${{ retryMs: 1_000 }}
  ${silence}                               | ${{ attempts: 3 }}        | ${{ retryMs: 8_000 }}
  ${silence}                               | ${{ ageMs: 25 * hourMs }} | ${"failed"}
  ${silence}                               | ${{ isTest: true }}       | ${"failed"}
  ${answer(500)}                           | ${{ attempts: 40 }}       | ${{ retryMs: 600_000 }}
  ${answer(503, { retryAfterMs: 90_000 })} | ${{}}                     | ${{ retryMs: 90_000 }}
  ${answer(429, { retryAfterMs: 10 })}     | ${{ attempts: 9 }}        | ${{ retryMs: 512_000 }}
  ${answer(429, { retryAfterMs: 9e12 })}   | ${{}}                     | ${{ retryMs: hourMs }}
  ${answer(404)}                           | ${{ attempts: 3 }}        | ${{ retryMs: 8_000 }}
  ${answer(404)}                           | ${{ attempts: 4 }}        | ${"failed"}
  ${answer(302)}                           | ${{ attempts: 4 }}        | ${"failed"}
  ${answer(410)}                           | ${{}}                     | ${"failed"}
  ${answer(500)}                           | ${{ isTest: true }}       | ${"failed"}
`("$got at $at: $outcome", ({ got, at, outcome }) => {
  const found = outcomeOf(got, { attempts: 0, ageMs: 0, isTest: false, ...at }, () => 1);
  expect(found.outcome).toEqual(outcome);
  expect(found.error === undefined).toBe(outcome === "delivered");
});

test("a redirect says where it leads, and that nobody went there", () => {
  const { error } = outcomeOf(
    answer(307, { location: "http://elsewhere/" }),
    { attempts: 0, ageMs: 0, isTest: false },
    () => 0,
  );
  expect(error).toBe("answered 307, a redirect to http://elsewhere/: redirects are not followed");
});
