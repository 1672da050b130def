import { expect, test } from "vitest";
import { spanTime } from "./span-time.ts";
import { spanTree } from "./span-tree.ts";

const caller = {
  ...{ spanId: "a", namespace: "shop", service: "web", version: "v1", operation: "GET", kind: 3, status: 0 },
  ...{ startNs: 0, durationNs: 100, reporter: "source" as const, upstreamNs: 90 },
};
const server = { ...caller, spanId: "b", parentSpanId: "a", service: "cart", kind: 2, startNs: 5 };

test.each`
  what                                  | spans                                                                                  | time
  ${"a caller's with its callee"}       | ${[caller, { ...server, durationNs: 70, reporter: undefined, upstreamNs: undefined }]} | ${{ applicationNs: 70, sidecarNs: 10, networkNs: 20 }}
  ${"a caller's without"}               | ${[caller]}                                                                            | ${{ applicationNs: 90, sidecarNs: 10, networkNs: 0 }}
  ${"a destination's"}                  | ${[{ ...caller, reporter: "destination", upstreamNs: 60 }]}                            | ${{ applicationNs: 60, sidecarNs: 40, networkNs: 0 }}
  ${"one that says it waited too long"} | ${[{ ...caller, upstreamNs: 500 }]}                                                    | ${{ applicationNs: 100, sidecarNs: 0, networkNs: 0 }}
  ${"an application's"}                 | ${[{ ...caller, reporter: undefined, upstreamNs: undefined }]}                         | ${undefined}
`("$what", ({ spans, time }) => {
  expect(spanTime(spanTree(spans).nodes.get("a")!)).toEqual(time);
});
