import { expect, test } from "vitest";
import { edgeOutlooks } from "./edge-outlooks.ts";
import type { PolicyOutlook } from "./observed-schemas.ts";

/** A policy of payments that judged `judged` of cart's requests, and would have refused `denied` of them. */
const policy = (judged: number, denied: number, mode: "observe" | "enforce" = "observe"): PolicyOutlook => {
  const effects = [{ effect: "limited" as const, verdict: "limit", atLeast: denied, atMost: denied }];
  return {
    ...{ namespace: "shop", name: `of-${judged}`, targetRef: "payments", kind: "rateLimit", revision: 1 },
    ...{ inForce: { mode, origin: "mesh" }, changedAtMs: 0, changedBy: "ada", judged, effects: [] },
    callers: [{ namespace: "shop", service: "cart", judged, effects: denied > 0 ? effects : [] }],
  };
};

test.each`
  policies                                         | counted | requests | why
  ${[policy(900, 300)]}                            | ${1570} | ${900}   | ${"what was sent before it existed is not among them"}
  ${[policy(900, 300)]}                            | ${880}  | ${900}   | ${"requests may be told of later than decisions"}
  ${[policy(900, 300), policy(400, 9)]}            | ${1570} | ${900}   | ${"the younger judged some of the same"}
  ${[policy(300, 9), policy(900, 0)]}              | ${1570} | ${900}   | ${"of the older one nothing would have changed"}
  ${[policy(500, 9, "enforce"), policy(400, 300)]} | ${1570} | ${900}   | ${"one that acts by now may have judged others"}
  ${[policy(500, 9, "enforce"), policy(400, 300)]} | ${800}  | ${800}   | ${"though not more than there were"}
`("requests of an edge are those that were judged: $why", ({ policies, counted, requests }) => {
  const edges = edgeOutlooks(
    policies,
    () => counted,
    () => false,
  );
  expect(edges.map((edge) => edge.requests)).toEqual([requests]);
});
