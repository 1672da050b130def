import { expect, test } from "vitest";
import type { PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { draftEdges } from "./draft-edges.ts";

const verdict = (change: Partial<PreviewedVerdict>): PreviewedVerdict => ({
  ...{ effect: "denied", verdict: "", bound: "exact", requests: 3, traceIds: [] },
  ...change,
});
const edgesOf = (...verdicts: PreviewedVerdict[]) =>
  draftEdges({
    service: { namespace: "shop", name: "payments" },
    callers: [{ namespace: "shop", service: "cart", requests: 100, verdicts }],
  });
const none = { atLeast: 0, atMost: 0 };
const three = { atLeast: 3, atMost: 3 };
const atMost3 = { atLeast: 0, atMost: 3 };

test.each`
  effect         | bound         | refused  | touched
  ${"denied"}    | ${"exact"}    | ${three} | ${three}
  ${"limited"}   | ${"about"}    | ${three} | ${three}
  ${"rerouted"}  | ${"byChance"} | ${none}  | ${three}
  ${"timedOut"}  | ${"atMost"}   | ${none}  | ${atMost3}
  ${"retried"}   | ${"atLeast"}  | ${none}  | ${{ atLeast: 3 }}
  ${"uncertain"} | ${"exact"}    | ${none}  | ${atMost3}
`("3 requests $effect, $bound", ({ effect, bound, refused, touched }) => {
  expect(edgesOf(verdict({ effect, bound }), verdict({ effect: "unchanged", requests: 97 }))).toEqual([
    {
      ...{ source: { namespace: "shop", service: "cart" }, requests: 100, refused, touched },
      destination: { namespace: "shop", service: "payments" },
      effects: [{ effect, ...touched }],
    },
  ]);
});

test("verdicts of one effect are told together, and what is uncertain widens what is touched", () => {
  const [edge] = edgesOf(
    verdict({ verdict: "rule 1" }),
    verdict({ verdict: "rule 2", requests: 4 }),
    verdict({ effect: "mirrored", requests: 10 }),
    verdict({ effect: "uncertain", requests: 5 }),
  );
  expect(edge).toMatchObject({
    effects: [
      { effect: "denied", atLeast: 7, atMost: 7 },
      { effect: "mirrored", atLeast: 10, atMost: 10 },
      { effect: "uncertain", atLeast: 0, atMost: 5 },
    ],
    refused: { atLeast: 7, atMost: 7 },
    touched: { atLeast: 17, atMost: 22 },
  });
});

test("a caller for whom nothing would change has no edge", () => {
  expect(edgesOf(verdict({ effect: "unchanged" }))).toEqual([]);
});
