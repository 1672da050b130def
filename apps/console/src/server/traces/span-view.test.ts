import type { SpanDetails } from "@weir/store";
import { expect, test } from "vitest";
import { decidedOf } from "./decided-of.ts";
import { decisionsIn } from "./span-facts.ts";
import { spanView } from "./span-view.ts";

const startNs = 1_764_000_000_123_456_789n;
const details: SpanDetails = {
  ...{ spanId: "00f067aa0ba902b7", kind: 2, startNs, statusMessage: undefined },
  ...{ attributes: {}, resource: {}, events: [], links: [] },
};
const decision = {
  ...{ policy: "payments-canary", kind: "canary", revision: 2, mode: "observe", verdict: "version=v2" },
  ...{ wouldAct: true, acted: false, reason: "weights" },
};

test("the strongest decision marks the span, and what is no decision is left out", () => {
  expect(decisionsIn([decision, { verdict: 3 }, null, "text"])).toEqual([decision]);
  expect(decidedOf([])).toBeUndefined();
  expect(decidedOf([{ ...decision, wouldAct: false }])).toBeUndefined();
  expect(decidedOf([decision])).toBe("would-act");
  expect(decidedOf([decision, { ...decision, acted: true }])).toBe("acted");
});

test("events say how long after the span's start they were, from times kept as text", () => {
  const events = [
    { name: "retry", timeNs: String(startNs + 1_000n), attributes: { attempt: 2 } },
    { name: "no time", attributes: {} },
    "not an event",
  ];
  expect(spanView({ ...details, events }).events).toEqual([
    { name: "retry", afterNs: 1_000, attributes: { attempt: 2 } },
    { name: "no time", attributes: {} },
    { name: "event", attributes: { content: "not an event" } },
  ]);
});

test("links that name no trace are left out", () => {
  const links = [{ traceId: "ab", spanId: "cd", attributes: { why: "batch" } }, { spanId: "cd" }, 7];
  expect(spanView({ ...details, links }).links).toEqual([links[0]]);
});
