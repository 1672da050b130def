import { expect, test } from "vitest";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import type { PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { countGroups, coverageOf, evidenceOf, verdictWords } from "./preview-words.ts";

const verdict = (change: Partial<PreviewedVerdict>): PreviewedVerdict => ({
  ...{ effect: "denied", verdict: "deny", bound: "exact", requests: 3, traceIds: [] },
  ...change,
});
const preview = (change: Partial<PreviewEvent>, ...verdicts: PreviewedVerdict[]): PreviewEvent => ({
  ...{
    kind: "preview",
    policy: "route",
    service: { namespace: "shop", name: "payments" },
    sidecars: 2,
    finished: true,
  },
  ...{ window: { fromMs: 0, toMs: 100 }, coveredToMs: 100, requests: 100, counted: 101 },
  ...{ others: { callers: 0, requests: 0 }, routes: [], moreRoutes: 0 },
  callers: [{ namespace: "shop", service: "cart", requests: 100, verdicts }],
  ...change,
});

test.each`
  change                                       | words
  ${{}}                                        | ${"3 would be denied with 403"}
  ${{ effect: "timedOut", bound: "atMost" }}   | ${"at most 3 would time out"}
  ${{ effect: "retried", bound: "atLeast" }}   | ${"at least 3 would be tried again"}
  ${{ effect: "rerouted", bound: "byChance" }} | ${"about 3 would go to another version"}
`("$words", ({ change, words }) => {
  expect(verdictWords(verdict(change))).toBe(words);
});

test("requests are counted by what people look for", () => {
  const verdicts = [
    verdict({}),
    verdict({ effect: "limited", requests: 4 }),
    verdict({ effect: "mirrored" }),
    verdict({ effect: "uncertain", requests: 2 }),
    verdict({ effect: "unchanged", requests: 9 }),
  ];
  expect(countGroups(verdicts)).toEqual({ refused: 7, changed: 3, uncertain: 2, unchanged: 9 });
});

test.each`
  change                                   | verdicts                                                         | told
  ${{}}                                    | ${[verdict({})]}                                                 | ${[]}
  ${{ coveredToMs: 40 }}                   | ${[]}                                                            | ${[/first 40\s%/]}
  ${{ counted: 400 }}                      | ${[]}                                                            | ${[/100 of 400 requests \(25\s%\)/]}
  ${{ counted: 0 }}                        | ${[]}                                                            | ${[]}
  ${{ policy: "rateLimit", counted: 400 }} | ${[verdict({ bound: "about" })]}                                 | ${[/100 of 400/, /takes no tokens/, /2 sidecars now/]}
  ${{}}                                    | ${[verdict({ bound: "byChance" })]}                              | ${[/Chance/]}
  ${{}}                                    | ${[verdict({ bound: "atMost" }), verdict({ bound: "atLeast" })]} | ${[/Durations/, /retries/]}
`("$change rests on $told", ({ change, verdicts, told }) => {
  const notes = evidenceOf(preview(change, ...verdicts));
  expect(notes).toEqual([
    ...told.map((one: RegExp) => expect.stringMatching(one)),
    expect.stringContaining("only policy"),
  ]);
});

test("how far it has come", () => {
  expect(coverageOf({ window: { fromMs: 100, toMs: 300 }, coveredToMs: 150 })).toBe(0.25);
});
