import { expect, test } from "vitest";
import { deciderOf, policy } from "../testing/policies.ts";
import { request } from "../testing/request.ts";
import { type AnswerFacts, judgeAnswer } from "./judge-answer.ts";

const retry = { on: ["5xx", "reset"], attempts: 2 };
const timed = { timeoutMs: 100 };
const perTry = { retry: { ...retry, perTryTimeoutMs: 50 } };

function judge(mode: "observe" | "enforce", rule: object, answer: Partial<AnswerFacts>) {
  const route = policy("route", "r", mode, { rules: [{ name: "n", ...rule }] });
  const [watched] = deciderOf([route]).decide(request(), () => 0, 0).watch;
  const decision = judgeAnswer(watched!, { status: 200, flag: "", durationMs: 10, attempts: 1, ...answer });
  if (decision)
    expect(decision).toMatchObject({
      policy: "r",
      reason: "n",
      mode,
      wouldAct: true,
      acted: mode === "enforce",
    });
  return decision?.verdict;
}

test.each`
  rule                                                          | answer                                      | verdict            | why
  ${timed}                                                      | ${{}}                                       | ${undefined}       | ${"in time"}
  ${timed}                                                      | ${{ durationMs: 100 }}                      | ${undefined}       | ${"just in time"}
  ${timed}                                                      | ${{ durationMs: 100.1 }}                    | ${"timeout=100ms"} | ${"too late"}
  ${{ retry }}                                                  | ${{}}                                       | ${undefined}       | ${"a good answer"}
  ${{ retry }}                                                  | ${{ status: 500 }}                          | ${"retry"}         | ${"its status"}
  ${{ retry }}                                                  | ${{ status: 404 }}                          | ${undefined}       | ${"another status"}
  ${{ retry }}                                                  | ${{ status: 503, flag: "UF" }}              | ${"retry"}         | ${"no connection"}
  ${{ retry }}                                                  | ${{ status: 503, flag: "UC" }}              | ${"retry"}         | ${"a reset"}
  ${{ retry }}                                                  | ${{ status: 503, flag: "UO" }}              | ${undefined}       | ${"what a breaker refused is not tried again"}
  ${{ retry }}                                                  | ${{ status: 503, flag: "UH", attempts: 0 }} | ${undefined}       | ${"never sent"}
  ${{ retry: { on: ["unavailable"], attempts: 1 } }}            | ${{ grpcStatus: 14 }}                       | ${"retry"}         | ${"its gRPC status"}
  ${{ ...timed, retry }}                                        | ${{ status: 500, durationMs: 200 }}         | ${"timeout=100ms"} | ${"the timeout came first"}
  ${perTry}                                                     | ${{ durationMs: 60 }}                       | ${"retry"}         | ${"the try took too long"}
  ${perTry}                                                     | ${{ durationMs: 60, firstByteMs: 40 }}      | ${undefined}       | ${"it had begun to answer"}
  ${{ ...timed, ...perTry }}                                    | ${{ durationMs: 200 }}                      | ${"retry"}         | ${"the try's timeout comes first"}
  ${{ retry: { on: [404], attempts: 1, perTryTimeoutMs: 50 } }} | ${{ durationMs: 60 }}                       | ${"timeout=50ms"}  | ${"cut off, and not to be tried again"}
`("observed: $why", ({ rule, answer, verdict }) => {
  expect(judge("observe", rule, answer)).toBe(verdict);
});

test.each`
  rule                   | answer                                      | verdict
  ${timed}               | ${{ status: 504, flag: "UT" }}              | ${"timeout=100ms"}
  ${timed}               | ${{ durationMs: 99 }}                       | ${undefined}
  ${{ ...timed, retry }} | ${{ status: 504, flag: "UT", attempts: 2 }} | ${"timeout=100ms, retry"}
  ${{ ...timed, retry }} | ${{ attempts: 3 }}                          | ${"retry"}
  ${{ retry }}           | ${{ status: 500 }}                          | ${undefined}
`("enforced: $answer is $verdict", ({ rule, answer, verdict }) => {
  expect(judge("enforce", rule, answer)).toBe(verdict);
});
