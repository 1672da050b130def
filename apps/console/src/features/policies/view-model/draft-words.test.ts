import { expect, test } from "vitest";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import type { PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { draftEdges } from "../../preview/view-model/draft-edges.ts";
import { draftWords, endedDraftWords } from "./draft-words.ts";

const verdict = (change: Partial<PreviewedVerdict>): PreviewedVerdict => ({
  ...{ effect: "denied", verdict: "", bound: "exact", requests: 3, traceIds: [] },
  ...change,
});
const preview = (change: Partial<PreviewEvent>, ...verdicts: PreviewedVerdict[]): PreviewEvent => ({
  ...{ kind: "preview", policy: "authorization", sidecars: 2, finished: true },
  ...{ service: { namespace: "shop", name: "payments" }, routes: [], moreRoutes: 0 },
  ...{ window: { fromMs: 0, toMs: 100 }, coveredToMs: 100, requests: 100, counted: 100 },
  others: { callers: 0, requests: 0 },
  callers: [{ namespace: "shop", service: "cart", requests: 100, verdicts }],
  ...change,
});
const begin = "of 100 logged requests to payments of the last 15 minutes";

test.each`
  change                                     | verdicts                                              | words
  ${{}}                                      | ${[]}                                                 | ${"none would be refused or changed"}
  ${{}}                                      | ${[verdict({})]}                                      | ${"3 would be refused"}
  ${{}}                                      | ${[verdict({}), verdict({ effect: "mirrored" })]}     | ${"3 would be refused, 6 changed in some way, these included"}
  ${{}}                                      | ${[verdict({ effect: "limited", bound: "about" })]}   | ${"about 3 would be refused"}
  ${{}}                                      | ${[verdict({ effect: "timedOut", bound: "atMost" })]} | ${"none would be refused, at most 3 changed in some way"}
  ${{}}                                      | ${[verdict({ effect: "uncertain" })]}                 | ${"none would be refused, at most 3 changed in some way; of 3 requests the log does not say enough"}
  ${{ others: { callers: 2, requests: 9 } }} | ${[]}                                                 | ${"none would be refused or changed; 2 more callers with 9 requests are not drawn"}
  ${{ coveredToMs: 40 }}                     | ${[]}                                                 | ${"none would be refused or changed; the first 40 % of the window was replayed"}
  ${{ counted: 200 }}                        | ${[]}                                                 | ${"none would be refused or changed; 50 % of its requests were logged"}
`("$words", ({ change, verdicts, words }) => {
  const told = preview(change, ...verdicts);
  expect(draftWords(told, draftEdges(told), "last 15 minutes").replaceAll("\u202f", " ")).toBe(
    `${begin} ${words}`,
  );
});

test("a draft that is over says what became of it", () => {
  expect(endedDraftWords({ revision: 3 })).toMatch(
    /^was saved as revision 3: .* The lines tell the traffic\.$/,
  );
  expect(endedDraftWords(undefined)).toMatch(/^was discarded\./);
});
