import type { TraceSpan } from "@weir/store";
import { expect, test } from "vitest";
import { decisionsIn } from "./span-facts.ts";
import { spanView } from "./span-view.ts";
import { traceView } from "./trace-view.ts";

const startNs = 1_764_000_000_123_456_789n;

function stored(over: Partial<TraceSpan>): TraceSpan {
  return {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "00f067aa0ba902b7",
    parentSpanId: undefined,
    service: { namespace: "shop", name: "cart", version: "v1" },
    operation: "GET /cart",
    kind: 2,
    status: 0,
    statusMessage: undefined,
    startNs,
    durationNs: 2_000_000n,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...over,
  };
}

const decision = {
  policy: "payments-canary",
  kind: "canary",
  revision: 2,
  mode: "observe",
  verdict: "version=v2",
  wouldAct: true,
  acted: false,
  reason: "weights",
};

test("times become exact numbers of nanoseconds since the first span, whatever order they came in", () => {
  const view = traceView([stored({ startNs: startNs + 7n }), stored({ spanId: "b" })], new Map(), 5);
  expect(view.spans.map((span) => span.startNs)).toEqual([7, 0]);
  expect(view).toMatchObject({ startMs: 1_764_000_000_123, endMs: 1_764_000_000_125, nowMs: 5 });
});

test.each`
  attributes                                                           | expected
  ${{}}                                                                | ${{}}
  ${{ "weir.reporter": "source", "weir.upstream_ns": 1_500_000 }}      | ${{ reporter: "source", upstreamNs: 1_500_000 }}
  ${{ "weir.reporter": "destination", "weir.upstream_ns": "1500000" }} | ${{ reporter: "destination", upstreamNs: 1_500_000 }}
  ${{ "weir.reporter": "nobody", "weir.upstream_ns": -1 }}             | ${{}}
  ${{ "weir.upstream_ns": "soon" }}                                    | ${{}}
`("a sidecar's span is known by its attributes: $attributes", ({ attributes, expected }) => {
  const { reporter, upstreamNs } = traceView([stored({ attributes })], new Map(), 0).spans[0]!;
  expect({ ...(reporter && { reporter }), ...(upstreamNs !== undefined && { upstreamNs }) }).toEqual(
    expected,
  );
});

test("the strongest decision marks the span, and what is no decision is left out", () => {
  expect(decisionsIn([decision, { verdict: 3 }, null, "text"])).toEqual([decision]);
  const marked = (...decisions: (typeof decision)[]) =>
    traceView([stored({})], new Map([["00f067aa0ba902b7", decisions]]), 0).spans[0]?.decided;
  expect(marked()).toBeUndefined();
  expect(marked({ ...decision, wouldAct: false })).toBeUndefined();
  expect(marked(decision)).toBe("would-act");
  expect(marked(decision, { ...decision, acted: true })).toBe("acted");
});

test("events say how long after the span's start they were, from times kept as text", () => {
  const events = [
    { name: "retry", timeNs: String(startNs + 1_000n), attributes: { attempt: 2 } },
    { name: "no time", attributes: {} },
    "not an event",
  ];
  expect(spanView(stored({ events }), []).events).toEqual([
    { name: "retry", afterNs: 1_000, attributes: { attempt: 2 } },
    { name: "no time", attributes: {} },
    { name: "event", attributes: { content: "not an event" } },
  ]);
});
