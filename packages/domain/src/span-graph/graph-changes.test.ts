import { expect, test } from "vitest";
import { graphChanges } from "./graph-changes.ts";
import { graphOfTrace } from "./graph-of-trace.ts";
import type { GraphEnd, TraceGraph } from "./span-edge.ts";
import { formatWholeEdge, parseTrace } from "./testing/trace-notation.ts";

test.each`
  why                                              | early                                                             | late                                    | removed                                               | added                                                                       | expired
  ${"all is new at first"}                         | ${""}                                                             | ${"1 a client http:b; 2 a client"}      | ${[]}                                                 | ${["a -> peer:b http at 0, client 0, virtual"]}                             | ${1}
  ${"nothing new"}                                 | ${"1 a client http:b"}                                            | ${""}                                   | ${[]}                                                 | ${[]}                                                                       | ${0}
  ${"the real edge takes the virtual one's place"} | ${"1 a client http:b"}                                            | ${"2<1 b server"}                       | ${["a -> peer:b http at 0, client 0, virtual"]}       | ${["a -> b http at 0, client 0, server 0"]}                                 | ${0}
  ${"a server explains an expired client"}         | ${"1 a client"}                                                   | ${"2<1 b server"}                       | ${[]}                                                 | ${["a -> b other at 0, client 0, server 0"]}                                | ${-1}
  ${"a client explains an expired server"}         | ${"2<1 b server"}                                                 | ${"1 a client"}                         | ${[]}                                                 | ${["a -> b other at 0, client 0, server 0"]}                                | ${-1}
  ${"a shared root turns out to have a caller"}    | ${"1 b server"}                                                   | ${"1 a client"}                         | ${["user -> b other at 0, server 0"]}                 | ${["a -> b other at 0, client 0, server 0"]}                                | ${0}
  ${"a producer takes its topic's place"}          | ${"2<1 b consumer messaging:orders"}                              | ${"1 a producer messaging:orders at:7"} | ${["messaging:orders -> b messaging at 0, server 0"]} | ${["a -> b messaging at 7, client 0, server 0"]}                            | ${0}
  ${"a client moves its request to its minute"}    | ${"0 a internal; 2<1 b server at:90000; 1<0 a internal at:70000"} | ${"1<0 a client at:59000"}              | ${["a -> b other at 90000, server 0"]}                | ${["a -> b other at 59000, client 0, server 0"]}                            | ${0}
  ${"a resend that tells of a failure"}            | ${"1 a server"}                                                   | ${"1 a server error"}                   | ${["user -> a other at 0, server 0"]}                 | ${["user -> a other at 0, server 0, failed"]}                               | ${0}
  ${"a further try takes the client's latency"}    | ${"1 a client for:9; 2<1 b server for:5"}                         | ${"3<1 b server at:1 for:3"}            | ${["a -> b other at 0, client 9, server 5"]}          | ${["a -> b other at 0, server 5", "a -> b other at 0, client 9, server 3"]} | ${0}
  ${"one more of the same"}                        | ${"1 a client http:b"}                                            | ${"2 a client http:b"}                  | ${[]}                                                 | ${["a -> peer:b http at 0, client 0, virtual"]}                             | ${0}
`("$why", ({ early, late, removed, added, expired }) => {
  const changes = graphChanges(
    graphOfTrace(parseTrace(early)),
    graphOfTrace(parseTrace(`${early}\n${late}`)),
  );
  expect({
    ...changes,
    removed: changes.removed.map(formatWholeEdge),
    added: changes.added.map(formatWholeEdge),
  }).toEqual({
    removed,
    added,
    expired,
  });
});

const database = (name: string, system: string): GraphEnd => ({ kind: "database", name, system });

test.each`
  why                                  | one                            | other
  ${"names that hold a separator"}     | ${database("a 1 b", "c")}      | ${database("a", "b 1 c")}
  ${"systems of one name"}             | ${database("orders", "mysql")} | ${database("orders", "redis")}
  ${"a service named like a database"} | ${database("orders", "")}      | ${{ kind: "service", name: "orders", system: "" }}
`("$why are different ends", ({ one, other }) => {
  const graphTo = (destination: GraphEnd): TraceGraph => ({
    edges: graphOfTrace(parseTrace("1 a client http:b")).edges.map((edge) => ({ ...edge, destination })),
    expired: 0,
  });
  const { removed, added } = graphChanges(graphTo(one), graphTo(other));
  expect([removed, added].map((edges) => edges.map(({ destination }) => destination))).toEqual([
    [one],
    [other],
  ]);
});
