import { expect, test } from "vitest";
import { graphChanges } from "./graph-changes.ts";
import { graphOfTrace } from "./graph-of-trace.ts";
import { type GraphSpan, graphSpanKind } from "./graph-span.ts";

const size = 100_000;
const { client, server } = graphSpanKind;

function traceOf(make: (i: number) => Partial<GraphSpan>): GraphSpan[] {
  return Array.from({ length: size }, (_, i) => {
    const service = String(i);
    const span = { spanId: String(i), parentSpanId: String(i - 1), kind: 1, service, serviceName: service };
    return { ...span, startMs: i, durationNs: i, failed: false, sampled: false, peer: undefined, ...make(i) };
  });
}

/** On these, work that grows with the square of the trace takes minutes, and recursion runs out of stack. */
test.each`
  shape                                                | spanOf                                                                                                         | edges           | expired
  ${"clients and servers, each the next one's parent"} | ${(i: number) => ({ kind: i % 2 === 0 ? server : client })}                                                    | ${size / 2 - 1} | ${2}
  ${"inner spans of one service in a chain"}           | ${(i: number) => ({ serviceName: "a", kind: i === size - 1 ? server : 1 })}                                    | ${0}            | ${1}
  ${"servers of one service, each in the last"}        | ${() => ({ serviceName: "a", kind: server })}                                                                  | ${0}            | ${1}
  ${"clients of one service, each in the last"}        | ${() => ({ serviceName: "a", kind: client })}                                                                  | ${0}            | ${1}
  ${"one client, servers of as many services"}         | ${(i: number) => ({ parentSpanId: "0", kind: i === 0 ? client : server })}                                     | ${size - 1}     | ${0}
  ${"one client, tries of one service"}                | ${(i: number) => ({ parentSpanId: "0", kind: i === 0 ? client : server, serviceName: i === 0 ? "a" : "b" })}   | ${size - 1}     | ${0}
  ${"inner spans below one, a server below each"}      | ${(i: number) => (i < size / 2 ? { serviceName: "a" } : { parentSpanId: String(size / 2 - 1), kind: server })} | ${size / 2}     | ${0}
  ${"one id for all, of as many services"}             | ${() => ({ spanId: "1", parentSpanId: "1", kind: server })}                                                    | ${0}            | ${1}
  ${"a ring"}                                          | ${(i: number) => ({ parentSpanId: String((i + 1) % size), kind: server })}                                     | ${0}            | ${size}
  ${"a long way up to a ring"}                         | ${(i: number) => ({ parentSpanId: i === 0 ? "1" : String(i - 1), serviceName: "a", kind: server })}            | ${0}            | ${2}
`(
  "$shape",
  ({ spanOf, edges, expired }) => {
    const trace = traceOf(spanOf);
    for (const order of [trace, trace.toReversed()]) {
      const graph = graphOfTrace(order);
      expect(graph.edges).toHaveLength(edges);
      expect(graph.expired).toBe(expired);
      expect(graphChanges(graph, graph)).toEqual({ removed: [], added: [], expired: 0 });
    }
  },
  30_000,
);
