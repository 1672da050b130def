import fc from "fast-check";
import { expect, test } from "vitest";
import { graphChanges } from "./graph-changes.ts";
import { graphOfTrace } from "./graph-of-trace.ts";
import type { GraphSpan } from "./graph-span.ts";
import { roleOf } from "./hop.ts";
import type { SpanEdge, TraceGraph } from "./span-edge.ts";
import { anyTrace } from "./testing/any-trace.ts";
import { instrumentedCalls } from "./testing/instrumented-calls.ts";
import { formatEdge, formatWholeEdge } from "./testing/trace-notation.ts";

const sorted = (edges: readonly SpanEdge[]) => edges.map(formatWholeEdge).sort();
const summary = ({ edges, expired }: TraceGraph) => ({ edges: sorted(edges), expired });

function shuffled<Value>(values: fc.Arbitrary<readonly Value[]>) {
  return values.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
    ),
  );
}

test("calls that have happened are found again, each once, however they are written down", () => {
  fc.assert(
    fc.property(
      instrumentedCalls.chain(({ spans, edges }) =>
        fc.tuple(fc.shuffledSubarray([...spans], { minLength: spans.length }), fc.constant(edges)),
      ),
      ([spans, edges]) => {
        const graph = graphOfTrace(spans);
        expect(graph.edges.map(formatEdge).sort()).toEqual([...edges].sort());
        expect(graph.expired).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});

test("the order of spans makes no difference", () => {
  fc.assert(
    fc.property(shuffled(anyTrace), ([spans, others]) => {
      expect(summary(graphOfTrace(others))).toEqual(summary(graphOfTrace(spans)));
    }),
    { numRuns: 2_000 },
  );
});

test("spans that come again make no difference", () => {
  fc.assert(
    fc.property(anyTrace, (spans) => {
      expect(summary(graphOfTrace([...spans, ...spans]))).toEqual(summary(graphOfTrace(spans)));
    }),
  );
});

test("changes take the graph of some spans to that of all", () => {
  fc.assert(
    fc.property(anyTrace, anyTrace, (early, late) => {
      const before = graphOfTrace(early);
      const after = graphOfTrace([...early, ...late]);
      const { removed, added, expired } = graphChanges(before, after);
      const left = sorted(before.edges);
      for (const edge of sorted(removed)) {
        const place = left.indexOf(edge);
        expect(place).toBeGreaterThanOrEqual(0);
        left.splice(place, 1);
      }
      expect([...left, ...sorted(added)].sort()).toEqual(sorted(after.edges));
      expect(before.expired + expired).toBe(after.expired);
      const again = new Set(sorted(removed));
      expect(sorted(added).filter((edge) => again.has(edge))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test("no span is measured by two edges, but a client by one for each service that answered it", () => {
  fc.assert(
    fc.property(anyTrace, (trace) => {
      const spans = trace.map((span, i) => ({ ...span, durationNs: i }));
      const { edges } = graphOfTrace(spans);
      const servers = edges.flatMap(({ serverNs }) => serverNs ?? []);
      expect(new Set(servers).size).toBe(servers.length);
      const clients = edges
        .filter(({ clientNs }) => clientNs !== undefined)
        .map(({ clientNs, destination }) => `${clientNs} ${destination.name.split("@")[0]}`);
      expect(new Set(clients).size).toBe(clients.length);
    }),
    { numRuns: 1_000 },
  );
});

test("each side of a call counts once at most, as an edge or as expired", () => {
  const sidesOf = (spans: readonly GraphSpan[]) =>
    new Set(spans.filter((span) => roleOf(span) !== "inner").map((span) => `${span.spanId} ${roleOf(span)}`));
  fc.assert(
    fc.property(anyTrace, (spans) => {
      const { edges, expired } = graphOfTrace(spans);
      expect(edges.length + expired).toBeLessThanOrEqual(sidesOf(spans).size);
      for (const edge of edges) expect(edge.clientNs ?? edge.serverNs).toBeDefined();
    }),
  );
});

test("whatever the fields hold, there is an answer", () => {
  const number = fc.oneof(fc.double(), fc.integer());
  const span: fc.Arbitrary<GraphSpan> = fc.record({
    spanId: fc.string({ maxLength: 1 }),
    parentSpanId: fc.string({ maxLength: 1 }),
    kind: number,
    service: fc.string(),
    serviceName: fc.string({ maxLength: 1 }),
    startMs: number,
    durationNs: number,
    failed: fc.boolean(),
    sampled: fc.boolean(),
    peer: fc.constant(undefined),
  });
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      expect(graphOfTrace(spans).expired).toBeLessThanOrEqual(spans.length);
    }),
  );
});
