import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { signals, tick } from "../testing/signals.ts";
import { followRollout, observeTick, startAnalysis } from "./analysis.ts";
import { judge } from "./evidence.ts";
import { analysisSettings } from "./settings.ts";

const match = [{ headers: [{ name: "x-tester", present: true }] }];
const plan = planOf({
  steps: [
    { mirror: 20, forMs: 0 },
    { match, forMs: 0 },
    ...[10, 100].map((weight) => ({ weight, forMs: 0 })),
  ],
});
const settings = analysisSettings(plan);

/** What is heard of after these ticks of ten seconds in a step, each the requests of canary and baseline. */
function after(step: number, ticks: readonly (readonly [number, number])[]) {
  const begun = followRollout(startAnalysis(settings), { step, round: 0 });
  const seen = ticks.reduce(
    (analysis, [canary, baseline], n) =>
      observeTick(analysis, tick(n, signals(canary), signals(baseline)), settings),
    begun,
  );
  return judge(seen, settings).heard;
}

test.each`
  step | ticks                         | serviceMs    | canaryMs     | owed  | why
  ${2} | ${[]}                         | ${undefined} | ${undefined} | ${0}  | ${"nothing has come yet"}
  ${2} | ${[[0, 0], [0, 0]]}           | ${undefined} | ${undefined} | ${0}  | ${"slots were told of, requests were not"}
  ${2} | ${[[1, 9], [0, 0], [0, 0]]}   | ${10_000}    | ${10_000}    | ${0}  | ${"the service has fallen silent"}
  ${2} | ${[[1, 9], [0, 60], [0, 40]]} | ${30_000}    | ${10_000}    | ${10} | ${"a tenth of the baseline's since was the canary's to get"}
  ${2} | ${[[0, 60], [0, 40], [1, 9]]} | ${30_000}    | ${30_000}    | ${0}  | ${"it got one"}
  ${0} | ${[[1, 9], [0, 40]]}          | ${20_000}    | ${10_000}    | ${8}  | ${"a fifth was to be copied"}
  ${1} | ${[[1, 9], [0, 1_000]]}       | ${20_000}    | ${10_000}    | ${0}  | ${"nobody can say how many meet a match"}
  ${3} | ${[[9, 0], [0, 1]]}           | ${20_000}    | ${10_000}    | ${1}  | ${"all are the canary's"}
`("step $step after $ticks: $why", ({ step, ticks, serviceMs, canaryMs, owed }) => {
  expect(after(step, ticks)).toEqual({ serviceMs, canaryMs, owed: expect.closeTo(owed, 12) });
});
