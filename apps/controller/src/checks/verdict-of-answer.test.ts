import { expect, test } from "vitest";
import { verdictOfAnswer } from "./verdict-of-answer.ts";

const said = (given: object) => ({ text: JSON.stringify({ rollout: 7, ...given }) });

test.each`
  given                                                     | when         | outcome      | detail
  ${said({ answer: "yes" })}                                | ${"pre"}     | ${"pass"}    | ${"says yes"}
  ${said({ answer: "yes", reason: "load\ttest\u0007 ok" })} | ${"step"}    | ${"pass"}    | ${"says yes: load test ok"}
  ${said({ answer: "no", reason: "smoke" })}                | ${"pre"}     | ${"fail"}    | ${"says no: smoke"}
  ${said({ answer: "no" })}                                 | ${"step"}    | ${"fail"}    | ${"says no"}
  ${said({ answer: "no", reason: "freeze" })}               | ${"confirm"} | ${"unknown"} | ${"says no: freeze"}
  ${said({ rollout: 8, answer: "yes" })}                    | ${"step"}    | ${"unknown"} | ${"answered about rollout 8"}
  ${said({ answer: "maybe" })}                              | ${"step"}    | ${"unknown"} | ${/not understood: answer/}
  ${said({ answer: "yes", weight: 100 })}                   | ${"step"}    | ${"unknown"} | ${/not understood: .*weight/}
  ${{ text: '{"answer":"yes"}' }}                           | ${"step"}    | ${"unknown"} | ${/not understood: rollout/}
  ${{ text: "OK" }}                                         | ${"step"}    | ${"unknown"} | ${/it is not JSON/}
  ${{ text: "" }}                                           | ${"step"}    | ${"unknown"} | ${/it is not JSON/}
  ${{ ...said({ answer: "yes" }), isCut: true }}            | ${"step"}    | ${"unknown"} | ${/more than is read/}
  ${{ ...said({ answer: "yes" }), status: 500 }}            | ${"step"}    | ${"unknown"} | ${"answered 500"}
  ${{ text: "", status: 302, location: "http://evil/" }}    | ${"step"}    | ${"unknown"} | ${"answered 302, a redirect to http://evil/"}
`("$given of $when: $outcome", ({ given, when, outcome, detail }) => {
  const answer = {
    status: 200,
    text: "",
    isCut: false,
    location: undefined,
    retryAfterMs: undefined,
    ...given,
  };
  const verdict = verdictOfAnswer(answer, 7, when);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.detail).toEqual(detail instanceof RegExp ? expect.stringMatching(detail) : detail);
});
