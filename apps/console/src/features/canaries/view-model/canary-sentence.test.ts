import { expect, test } from "vitest";
import { type CanaryFacts, canarySentence } from "./canary-sentence.ts";

const facts: CanaryFacts = {
  namespace: "shop",
  service: "payments",
  weights: [
    { version: "v1", weight: 70 },
    { version: "v2", weight: 30 },
  ],
  stableVersion: "v1",
  mode: "observe",
  origin: "service",
  rps: 4.23,
  recent: [{ version: "v1", requests: 250 }],
};
const enforced = { mode: "enforce", origin: "service" };

test.each`
  over                       | sentence
  ${{}}                      | ${"payments v2 would take 30 % of 4.23 rps; observed now 0 % because payments is in observe."}
  ${{ origin: "hold" }}      | ${"payments v2 would take 30 % of 4.23 rps; observed now 0 % because the mesh is on hold."}
  ${{ origin: "mesh" }}      | ${"payments v2 would take 30 % of 4.23 rps; observed now 0 % because the whole mesh is in observe."}
  ${{ origin: "namespace" }} | ${"payments v2 would take 30 % of 4.23 rps; observed now 0 % because namespace shop is in observe."}
  ${{ origin: "policy" }}    | ${"payments v2 would take 30 % of 4.23 rps; observed now 0 % because the policy itself is in observe."}
  ${{ ...enforced, recent: [{ version: "v1", requests: 707 }, { version: "v2", requests: 293 }] }} | ${"payments v2 takes 30 % of 4.23 rps; observed now 29 %."}
  ${{ ...enforced, recent: [{ version: "v1", requests: 5000 }, { version: "v2", requests: 1 }] }} | ${"payments v2 takes 30 % of 4.23 rps; observed now 0.02 %."}
  ${{ recent: [], rps: 0 }}  | ${"payments v2 would take 30 %; no requests in the last minute to observe it by."}
  ${{ weights: undefined }}  | ${"payments has no canary: v1 takes all of its 4.23 rps."}
  ${{ weights: [{ version: "v1", weight: 100 }, { version: "v2", weight: 0 }] }} | ${"payments v2 would take 0 % of 4.23 rps; observed now 0 % because payments is in observe."}
  ${{ weights: [{ version: "v1", weight: 60 }, { version: "v2", weight: 30 }, { version: "v3", weight: 10 }] }} | ${"payments v2 would take 30 % and v3 10 % of 4.23 rps; observed now v2 0 % and v3 0 % because payments is in observe."}
  ${{ rps: 412.7 }}          | ${"payments v2 would take 30 % of 413 rps; observed now 0 % because payments is in observe."}
`("$sentence", ({ over, sentence }) => {
  expect(canarySentence({ ...facts, ...over }).replaceAll("\u202f", " ")).toBe(sentence);
});
