import { expect, test } from "vitest";
import { NoAnswer } from "../webhooks/exchange.ts";
import { outcomeOf } from "./outcome-of.ts";

const answer = (status: number, more = {}) => ({
  ...{ status, text: "what it said", isCut: false, retryAfterMs: undefined },
  ...more,
});
const hourMs = 3_600_000;
const silence = new NoAnswer("no whole answer within 10 ms");

test.each`
  got                                      | at                           | outcome
  ${answer(200)}                           | ${{}}                        | ${"delivered"}
  ${answer(204)}                           | ${{ waitedMs: 99 * hourMs }} | ${"delivered"}
  ${silence}                               | ${{}}                        | ${{ retryMs: 1_000 }}
  ${silence}                               | ${{ attempts: 3 }}           | ${{ retryMs: 8_000 }}
  ${silence}                               | ${{ waitedMs: 25 * hourMs }} | ${"failed"}
  ${silence}                               | ${{ isTest: true }}          | ${"failed"}
  ${answer(500)}                           | ${{ attempts: 40 }}          | ${{ retryMs: 600_000 }}
  ${answer(503, { retryAfterMs: 90_000 })} | ${{}}                        | ${{ retryMs: 90_000 }}
  ${answer(429, { retryAfterMs: 10 })}     | ${{ attempts: 9 }}           | ${{ retryMs: 512_000 }}
  ${answer(429, { retryAfterMs: 9e12 })}   | ${{}}                        | ${{ retryMs: hourMs }}
  ${answer(404)}                           | ${{ attempts: 3 }}           | ${{ retryMs: 8_000 }}
  ${answer(404)}                           | ${{ attempts: 4 }}           | ${"failed"}
  ${answer(302)}                           | ${{ attempts: 4 }}           | ${"failed"}
  ${answer(410)}                           | ${{}}                        | ${"failed"}
  ${answer(500)}                           | ${{ isTest: true }}          | ${"failed"}
`("$got at $at: $outcome", ({ got, at, outcome }) => {
  const found = outcomeOf(got, { attempts: 0, waitedMs: 0, isTest: false, format: "json", ...at }, () => 1);
  expect(found.outcome).toEqual(outcome);
  expect(found.error === undefined).toBe(outcome === "delivered");
});

const tried = { attempts: 0, waitedMs: 0, isTest: false, format: "slack" } as const;

test.each`
  given                                                             | error
  ${answer(307)}                                                    | ${"answered 307: redirects are not followed"}
  ${answer(404, { text: "no_service\n" })}                          | ${"answered 404: no_service"}
  ${answer(404, { text: "root:x:0:0" })}                            | ${"answered 404"}
  ${answer(500, { text: "<h1>internal</h1>" })}                     | ${"answered 500"}
  ${answer(200, { text: '{"ok":false,"error":"not_in_channel"}' })} | ${"answered 200, and that it took nothing"}
  ${answer(200, { text: '{"success": false}' })}                    | ${"answered 200, and that it took nothing"}
  ${answer(200, { text: '{"ok":true}' })}                           | ${undefined}
  ${answer(200, { text: "ok" })}                                    | ${undefined}
  ${answer(200, { text: "null" })}                                  | ${undefined}
`("of $given is told: $error", ({ given, error }) => {
  const attempt = outcomeOf(given, tried, () => 0);
  expect(attempt.error).toBe(error);
  expect(attempt.outcome === "delivered").toBe(error === undefined);
  expect(Object.keys(attempt)).not.toContain("answer");
});

test("what refuses and says so with 200 is tried as often as whoever refuses", () => {
  const lies = answer(200, { text: '{"ok":false}' });
  expect(outcomeOf(lies, { ...tried, attempts: 4 }, () => 0).outcome).toBe("failed");
  expect(outcomeOf(lies, { ...tried, attempts: 4, format: "json" }, () => 0).outcome).toBe("delivered");
});
