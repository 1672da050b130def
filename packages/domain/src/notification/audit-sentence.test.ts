import { expect, test } from "vitest";
import { auditSentence } from "./audit-sentence.ts";

const rollout = { rollout: 7, baseline: "v1", canary: "v2", step: 2, steps: 4, weight: 25 };
const testers = { ...rollout, weight: 0, chosen: "chosen requests (x-user = beta)" };
const canary = {
  kind: "canary",
  backends: [
    { version: "v1", weight: 70 },
    { version: "v2", weight: 30 },
  ],
};
const target = { id: 3, name: "ops", format: "slack", address: "https://a.b/…", topics: ["config"] };
const moved = { ...target, address: "https://c.d/…", topics: ["config", "health"] };

test.each`
  action                     | subject                | before       | after        | sentence
  ${"mesh.mode"}             | ${"mesh"}              | ${"observe"} | ${"enforce"} | ${"mode of the mesh: observe → enforce"}
  ${"mesh.hold"}             | ${"mesh"}              | ${false}     | ${true}      | ${"mesh put on hold"}
  ${"mesh.hold"}             | ${"mesh"}              | ${true}      | ${false}     | ${"hold of the mesh released"}
  ${"service.mode"}          | ${"service/shop/cart"} | ${null}      | ${"enforce"} | ${"mode of service shop/cart: inherited → enforce"}
  ${"service.stableVersion"} | ${"service/shop/cart"} | ${"v1"}      | ${null}      | ${"stable version of service shop/cart: v1 → derived"}
  ${"policy.put"}            | ${"policy/shop/p"}     | ${null}      | ${canary}    | ${"policy shop/p created: v1 70 %, v2 30 %"}
  ${"policy.put"}            | ${"policy/shop/p"}     | ${canary}    | ${canary}    | ${"policy shop/p changed: v1 70 %, v2 30 %"}
  ${"policy.put"}            | ${"policy/shop/p"}     | ${null}      | ${{}}        | ${"policy shop/p created"}
  ${"service.discovered"}    | ${"service/shop/cart"} | ${null}      | ${{}}        | ${"service shop/cart discovered"}
  ${"policy.delete"}         | ${"policy/shop/p"}     | ${canary}    | ${null}      | ${"policy shop/p deleted"}
  ${"rollout.start"}         | ${"rollout/shop/cart"} | ${null}      | ${rollout}   | ${"rollout of shop/cart started: v2 after v1"}
  ${"rollout.advance"}       | ${"rollout/shop/cart"} | ${rollout}   | ${rollout}   | ${"rollout of shop/cart went on: step 2 of 4, 25 % of v2"}
  ${"rollout.advance"}       | ${"rollout/shop/cart"} | ${rollout}   | ${testers}   | ${"rollout of shop/cart went on: step 2 of 4, chosen requests (x-user = beta) to v2"}
  ${"rollout.skip"}          | ${"rollout/shop/cart"} | ${rollout}   | ${rollout}   | ${"rollout of shop/cart skipped a step: step 2 of 4, 25 % of v2"}
  ${"rollout.promote"}       | ${"rollout/shop/cart"} | ${{}}        | ${{}}        | ${"rollout of shop/cart promoted to its last step"}
  ${"rollout.rollBack"}      | ${"rollout/shop/cart"} | ${{}}        | ${{}}        | ${"rollout of shop/cart taken back: all requests go to the baseline"}
  ${"rollout.abort"}         | ${"rollout/shop/cart"} | ${rollout}   | ${rollout}   | ${"rollout of shop/cart aborted: all requests go to the baseline"}
  ${"rollout.abort"}         | ${"rollout/shop/cart"} | ${{}}        | ${{}}        | ${"rollout of shop/cart aborted: its canary policy stays as it is"}
  ${"rollout.unheard"}       | ${"rollout/shop/cart"} | ${{}}        | ${{}}        | ${"rollout of shop/cart unheard"}
  ${"target.add"}            | ${"target/on/call"}    | ${null}      | ${target}    | ${"target on/call added: slack to https://a.b/…"}
  ${"target.change"}         | ${"target/ops"}        | ${target}    | ${moved}     | ${"target ops changed: address https://a.b/… → https://c.d/…, of config → config health"}
  ${"target.pause"}          | ${"target/ops"}        | ${target}    | ${target}    | ${"target ops paused"}
  ${"target.newSecret"}      | ${"target/ops"}        | ${target}    | ${target}    | ${"target ops has another secret"}
  ${"target.remove"}         | ${"target/ops"}        | ${target}    | ${null}      | ${"target ops removed: slack to https://a.b/…"}
`("$action of $subject", ({ sentence, ...entry }) => {
  expect(auditSentence(entry)).toBe(sentence);
});
