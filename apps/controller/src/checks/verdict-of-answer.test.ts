import { expect, test } from "vitest";
import { verdictOfAnswer } from "./verdict-of-answer.ts";

const said = (given: object) => ({ text: JSON.stringify({ rollout: 7, ...given }) });
/** Nothing of what a stranger answers is shown. */
const unasked = "not the answer that is asked for: {rollout, answer, reason?}";

test.each`
  given                                                     | when         | outcome      | detail
  ${said({ answer: "yes" })}                                | ${"pre"}     | ${"pass"}    | ${"says yes"}
  ${said({ answer: "yes", reason: "load\ttest\u0007 ok" })} | ${"step"}    | ${"pass"}    | ${"says yes: load test ok"}
  ${said({ answer: "no", reason: "smoke" })}                | ${"pre"}     | ${"fail"}    | ${"says no: smoke"}
  ${said({ answer: "no" })}                                 | ${"step"}    | ${"fail"}    | ${"says no"}
  ${said({ answer: "no", reason: "freeze" })}               | ${"confirm"} | ${"unknown"} | ${"says no: freeze"}
  ${said({ rollout: 8, answer: "yes" })}                    | ${"step"}    | ${"unknown"} | ${"answered about rollout 8"}
  ${said({ answer: "maybe" })}                              | ${"step"}    | ${"unknown"} | ${unasked}
  ${said({ answer: "yes", weight: 100 })}                   | ${"step"}    | ${"unknown"} | ${unasked}
  ${{ text: '{"answer":"yes"}' }}                           | ${"step"}    | ${"unknown"} | ${unasked}
  ${{ text: "OK" }}                                         | ${"step"}    | ${"unknown"} | ${unasked}
  ${{ text: "" }}                                           | ${"step"}    | ${"unknown"} | ${unasked}
  ${{ ...said({ answer: "yes" }), isCut: true }}            | ${"step"}    | ${"unknown"} | ${/more than is read/}
  ${{ ...said({ answer: "yes" }), status: 500 }}            | ${"step"}    | ${"unknown"} | ${"answered 500"}
  ${said({ answer: "yes", "root:x:0:0": 1 })}               | ${"step"}    | ${"unknown"} | ${unasked}
  ${{ ...said({ answer: "yes" }), status: 302 }}            | ${"step"}    | ${"unknown"} | ${"answered 302, a redirect, which is not followed"}
`("$given of $when: $outcome", ({ given, when, outcome, detail }) => {
  const answer = {
    status: 200,
    text: "",
    isCut: false,
    retryAfterMs: undefined,
    ...given,
  };
  const verdict = verdictOfAnswer(answer, 7, when);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.detail).toEqual(detail instanceof RegExp ? expect.stringMatching(detail) : detail);
});
