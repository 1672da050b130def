import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { type Command, command } from "./command.ts";
import { type RolloutState, startRollout } from "./state.ts";

const plan = planOf({
  steps: [
    { weight: 10, forMs: 0, approval: true },
    { weight: 50, forMs: 0 },
    { weight: 100, forMs: 0 },
  ],
});
const running = startRollout(0);
const paused: RolloutState = { ...running, phase: "paused", ranMs: 900 };
const over: RolloutState = { ...running, phase: "rolledBack" };
const last: RolloutState = { ...running, step: 2 };

test.each`
  state      | asked                           | after
  ${running} | ${{ kind: "pause" }}            | ${{ phase: "paused", step: 0, round: 0 }}
  ${paused}  | ${{ kind: "resume" }}           | ${{ phase: "running", step: 0, round: 1, ranMs: 0 }}
  ${running} | ${{ kind: "abort" }}            | ${{ phase: "aborted" }}
  ${paused}  | ${{ kind: "abort" }}            | ${{ phase: "aborted" }}
  ${running} | ${{ kind: "approve", step: 0 }} | ${{ phase: "running", approved: true }}
  ${running} | ${{ kind: "skip", step: 0 }}    | ${{ phase: "running", step: 1, round: 0, inStepMs: 0 }}
  ${paused}  | ${{ kind: "skip", step: 0 }}    | ${{ phase: "running", step: 1, round: 1 }}
  ${last}    | ${{ kind: "skip", step: 2 }}    | ${{ phase: "succeeded", step: 2 }}
  ${running} | ${{ kind: "promote", step: 0 }} | ${{ phase: "running", step: 2 }}
`(
  "$asked of a rollout that is $state.phase in step $state.step makes it $after",
  ({ state, asked, after }) => {
    const outcome = command(state, asked, plan);
    expect(outcome).toMatchObject({
      state: { ...after, changes: 1 },
      reason: expect.stringMatching(/by hand/),
    });
  },
);

test.each`
  state                             | asked                           | refused
  ${over}                           | ${{ kind: "resume" }}           | ${"the rollout is over"}
  ${over}                           | ${{ kind: "promote", step: 0 }} | ${"the rollout is over"}
  ${paused}                         | ${{ kind: "pause" }}            | ${"is paused already"}
  ${running}                        | ${{ kind: "resume" }}           | ${"is running already"}
  ${last}                           | ${{ kind: "promote", step: 2 }} | ${"is in its last step already"}
  ${last}                           | ${{ kind: "approve", step: 2 }} | ${"this step needs no approval"}
  ${{ ...running, approved: true }} | ${{ kind: "approve", step: 0 }} | ${"is approved already"}
  ${last}                           | ${{ kind: "skip", step: 1 }}    | ${"step 2 is not the present one: the rollout is in step 3"}
`("$asked is refused: $refused", ({ state, asked, refused }) => {
  expect(command(state, asked, plan)).toEqual({ refused });
});

test("the same click twice moves one step", () => {
  const click: Command = { kind: "skip", step: 0 };
  const once = command(running, click, plan);
  expect("state" in once && command(once.state, click, plan)).toHaveProperty("refused");
});
