import { expect, test } from "vitest";
import { effectOfVerdict } from "./preview-effect.ts";

test.each`
  kind                  | verdict                      | effect
  ${"authorization"}    | ${"deny"}                    | ${"denied"}
  ${"authorization"}    | ${"allow"}                   | ${"letIn"}
  ${"authorization"}    | ${"audit"}                   | ${"unchanged"}
  ${"rateLimit"}        | ${"limit"}                   | ${"limited"}
  ${"rateLimit"}        | ${"allow"}                   | ${"unchanged"}
  ${"circuitBreaker"}   | ${"overflow=requests"}       | ${"overflowed"}
  ${"circuitBreaker"}   | ${"overflow=retries"}        | ${"notRetried"}
  ${"outlierDetection"} | ${"eject"}                   | ${"ejected"}
  ${"loadBalancer"}     | ${"host=other"}              | ${"rebalanced"}
  ${"loadBalancer"}     | ${"host=same"}               | ${"unchanged"}
  ${"canary"}           | ${"version=v2"}              | ${"rerouted"}
  ${"route"}            | ${"version=v2, mirror=v3"}   | ${"rerouted"}
  ${"route"}            | ${"version=v1, mirror=v3"}   | ${"mirrored"}
  ${"route"}            | ${"delay=5ms, rewrite"}      | ${"faulted"}
  ${"route"}            | ${"delay=5ms, redirect=302"} | ${"redirected"}
  ${"route"}            | ${"headers"}                 | ${"edited"}
  ${"route"}            | ${"timeout=9ms, retry"}      | ${"timedOut"}
  ${"route"}            | ${"constructor"}             | ${"unchanged"}
`("$kind that says $verdict: $effect", ({ kind, verdict, effect }) => {
  expect(effectOfVerdict(kind, verdict, "v1")).toBe(effect);
});
