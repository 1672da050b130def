import { describe, expect, test } from "vitest";
import { graphOfTrace } from "./graph-of-trace.ts";
import { formatEdge, formatWholeEdge, parseTrace } from "./testing/trace-notation.ts";

interface Row {
  readonly trace: string;
  readonly edges: readonly string[];
  readonly expired?: number;
}

function expectEdges({ trace, edges, expired = 0 }: Row): void {
  const graph = graphOfTrace(parseTrace(trace));
  expect({ edges: graph.edges.map(formatEdge).sort(), expired: graph.expired }).toEqual({
    edges: [...edges].sort(),
    expired,
  });
}

describe("client and server", () => {
  test.each`
    why                                                           | trace                                                                        | edges
    ${"client's span id is the server's parent"}                  | ${"c front client; s<c back server"}                                         | ${["front -> back"]}
    ${"the server may come first"}                                | ${"s<c back server; c front client"}                                         | ${["front -> back"]}
    ${"a chain has an edge a hop"}                                | ${"1 a client; 2<1 b server; 3<2 b client; 4<3 c server"}                    | ${["a -> b", "b -> c"]}
    ${"calls side by side"}                                       | ${"1 a client; 2<1 b server; 3 a client; 4<3 b server"}                      | ${["a -> b", "a -> b"]}
    ${"a self-call is an edge"}                                   | ${"1 a client; 2<1 a server"}                                                | ${["a -> a"]}
    ${"a call to itself at another version"}                      | ${"1 a@v1 client; 2<1 a@v2 server"}                                          | ${["a@v1 -> a@v2"]}
    ${"inner spans of the caller between"}                        | ${"1 a client; 2<1 a internal; 3<2 a internal; 4<3 b server"}                | ${["a -> b"]}
    ${"inner spans of the callee between"}                        | ${"1 a client; 2<1 b internal; 3<2 b internal; 4<3 b server"}                | ${["a -> b"]}
    ${"inner spans of both between"}                              | ${"1 a client; 2<1 a internal; 3<2 b unspecified; 4<3 b server"}             | ${["a -> b"]}
    ${"inner spans of several versions"}                          | ${"1 a@v1 client; 2<1 a@v2 internal; 3<2 b server"}                          | ${["a@v1 -> b"]}
    ${"the server's parent is an inner span of another service"}  | ${"1 a internal; 2<1 b server"}                                              | ${["a -> b"]}
    ${"and above it are more, of yet another"}                    | ${"0 z client http:a; 1<0 a internal; 2<1 a unspecified; 3<2 b server"}      | ${["z -> a", "a -> b"]}
    ${"the server's parent is a server: the client has no spans"} | ${"1 a client; 2<1 b server; 3<2 c server"}                                  | ${["a -> b", "b -> c"]}
    ${"a kind that isn't one is an inner span"}                   | ${"1 a client; 2<1 b server; 3<2 b unspecified; 4<3 b client; 5<4 c server"} | ${["a -> b", "b -> c"]}
  `("$why", expectEdges);
});

describe("Zipkin's shared spans", () => {
  test.each`
    why                                                   | trace                                                                   | edges
    ${"client and server of one id"}                      | ${"1 a client; 1 b server"}                                             | ${["a -> b"]}
    ${"the server first"}                                 | ${"1 b server; 1 a client"}                                             | ${["a -> b"]}
    ${"the server names its client's parent"}             | ${"0 a internal; 1<0 a client; 1<0 b server"}                           | ${["a -> b"]}
    ${"the server names itself as its parent"}            | ${"1 a client; 1<1 b server"}                                           | ${["a -> b"]}
    ${"the server's children hang from the server"}       | ${"1 a client; 1 b server; 2<1 b internal; 3<2 b client; 3<2 c server"} | ${["a -> b", "b -> c"]}
    ${"the client's children hang from the client"}       | ${"1 a client; 1 b server; 2<1 a client http:proxy; 3<2 c server"}      | ${["a -> b", "a -> c"]}
    ${"a called child hangs from the server"}             | ${"1 a client; 1 b server; 2<1 a server"}                               | ${["a -> b", "b -> a"]}
    ${"a self-call"}                                      | ${"1 a client; 1 a server"}                                             | ${["a -> a"]}
    ${"as long as the client is missing, its parent"}     | ${"0 a internal; 1<0 b server"}                                         | ${["a -> b"]}
    ${"producer and consumer of one id"}                  | ${"1 a producer; 1 b consumer"}                                         | ${["a -> b"]}
    ${"a client's parent isn't the server of its own id"} | ${"1<1 a client; 1 b server"}                                           | ${["a -> b"]}
    ${"nor is it in a self-call"}                         | ${"1<1 a client; 1 a server"}                                           | ${["a -> a"]}
  `("$why", expectEdges);
});

describe("where a request comes from", () => {
  test.each`
    why                                                  | trace                                                         | edges                                                  | expired
    ${"a root server is called by the user"}             | ${"1 front server"}                                           | ${["user -> front"]}                                   | ${0}
    ${"below inner spans of its own too"}                | ${"0 front internal; 1<0 front server"}                       | ${["user -> front"]}                                   | ${0}
    ${"unless it names its caller"}                      | ${"1 front server http:till"}                                 | ${["peer:till -> front"]}                              | ${0}
    ${"an orphan is never called by the user"}           | ${"1<gone front server"}                                      | ${[]}                                                  | ${1}
    ${"below inner spans of its own neither"}            | ${"1<gone front internal; 2<1 front server"}                  | ${[]}                                                  | ${1}
    ${"an orphan may name its caller"}                   | ${"1<gone front server http:till"}                            | ${["peer:till -> front"]}                              | ${0}
    ${"below an orphaned inner span of another service"} | ${"1<gone a internal; 2<1 b server"}                          | ${["a -> b"]}                                          | ${0}
    ${"an orphan's own calls are known"}                 | ${"1<gone a server; 2<1 a client; 3<2 b server"}              | ${["a -> b"]}                                          | ${1}
    ${"an orphaned client is the source all the same"}   | ${"1<gone a client; 2<1 b server"}                            | ${["a -> b"]}                                          | ${0}
    ${"a root client is called by nobody"}               | ${"1 web client; 2<1 front server"}                           | ${["web -> front"]}                                    | ${0}
    ${"inner spans alone are no call"}                   | ${"1 job internal; 2<1 job unspecified; 3<gone job internal"} | ${[]}                                                  | ${0}
    ${"no spans"}                                        | ${""}                                                         | ${[]}                                                  | ${0}
    ${"roots that are bound by links alone"}             | ${"1 a server; 2 b server; 3 c consumer messaging:orders"}    | ${["user -> a", "user -> b", "messaging:orders -> c"]} | ${0}
  `("$why", expectEdges);
});

describe("where a call goes to without a server", () => {
  test.each`
    why                                                           | trace                                                        | edges                              | expired
    ${"to the peer it names"}                                     | ${"1 a client http:billing"}                                 | ${["a -> peer:billing"]}           | ${0}
    ${"nowhere if it names none"}                                 | ${"1 a client http"}                                         | ${[]}                              | ${1}
    ${"nowhere if it has no attributes"}                          | ${"1 a client"}                                              | ${[]}                              | ${1}
    ${"a server withdraws the peer"}                              | ${"1 a client http:billing; 2<1 b server"}                   | ${["a -> b"]}                      | ${0}
    ${"a database completes by itself"}                           | ${"1 a client database:orders-db"}                           | ${["a -> database:orders-db"]}     | ${0}
    ${"a database with spans of its own is a service"}            | ${"1 a client database:orders-db; 2<1 vitess server"}        | ${["a -> vitess"]}                 | ${0}
    ${"any span of the far side shows which service it is"}       | ${"1 a client http:billing; 2<1 b internal; 3<2 b internal"} | ${["a -> b"]}                      | ${0}
    ${"calls of the far side do"}                                 | ${"1 a client http:billing; 2<1 b client http:bank"}         | ${["a -> b", "b -> peer:bank"]}    | ${0}
    ${"behind an inner span of the caller too"}                   | ${"1 a client http:billing; 2<1 a internal; 3<2 b internal"} | ${["a -> b"]}                      | ${0}
    ${"behind a sidecar that names nobody too"}                   | ${"1 a client http:billing; 2<1 a client; 3<2 b internal"}   | ${["a -> b"]}                      | ${0}
    ${"of several such services the first"}                       | ${"1 a client; 2<1 c internal at:2; 3<1 b internal at:1"}    | ${["a -> b"]}                      | ${0}
    ${"but a server is better evidence"}                          | ${"1 a client; 2<1 c internal at:2; 3<1 b server at:5"}      | ${["a -> b"]}                      | ${0}
    ${"spans of the caller are no far side"}                      | ${"1 a client http:billing; 2<1 a internal"}                 | ${["a -> peer:billing"]}           | ${0}
    ${"a client in a server of another service calls for itself"} | ${"1 a server; 2<1 b client http:bank"}                      | ${["user -> a", "b -> peer:bank"]} | ${0}
  `("$why", expectEdges);
});

describe("messages", () => {
  test.each`
    why                                              | trace                                                                            | edges                                     | expired
    ${"producer to consumer by parent"}              | ${"1 a producer messaging:orders; 2<1 b consumer messaging:orders"}              | ${["a -> b"]}                             | ${0}
    ${"one message, several consumers"}              | ${"1 a producer; 2<1 b consumer; 3<1 c consumer"}                                | ${["a -> b", "a -> c"]}                   | ${0}
    ${"a client sends"}                              | ${"1 a client messaging:orders; 2<1 b consumer messaging:orders"}                | ${["a -> b"]}                             | ${0}
    ${"a push arrives at a server"}                  | ${"1 a producer messaging:orders; 2<1 b server"}                                 | ${["a -> b"]}                             | ${0}
    ${"no consumer: to the topic"}                   | ${"1 a producer messaging:orders"}                                               | ${["a -> messaging:orders"]}              | ${0}
    ${"no consumer, no topic"}                       | ${"1 a producer"}                                                                | ${[]}                                     | ${1}
    ${"no producer: from the topic"}                 | ${"1 b consumer messaging:orders"}                                               | ${["messaging:orders -> b"]}              | ${0}
    ${"producer missing: from the topic"}            | ${"1<gone b consumer messaging:orders"}                                          | ${["messaging:orders -> b"]}              | ${0}
    ${"no producer, no topic: never from the user"}  | ${"1 b consumer"}                                                                | ${[]}                                     | ${1}
    ${"a producer without spans of its own"}         | ${"1 a server; 2<1 b consumer messaging:orders"}                                 | ${["user -> a", "a -> b"]}                | ${0}
    ${"receiving and processing is one message"}     | ${"1 b consumer messaging:orders; 2<1 b consumer messaging:orders"}              | ${["messaging:orders -> b"]}              | ${0}
    ${"a client that receives is a consumer"}        | ${"0 b internal; 1<0 b client receives:orders; 2<1 b consumer messaging:orders"} | ${["messaging:orders -> b"]}              | ${0}
    ${"a handler that fetches a message"}            | ${"1 b server; 2<1 b client receives:orders"}                                    | ${["user -> b", "messaging:orders -> b"]} | ${0}
    ${"a consumer in a server, of an unknown topic"} | ${"1 b server; 2<1 b consumer"}                                                  | ${["user -> b"]}                          | ${0}
    ${"a server in a consumer"}                      | ${"1 b consumer messaging:orders; 2<1 b server"}                                 | ${["messaging:orders -> b"]}              | ${0}
    ${"a broker's client is the producer's driver"}  | ${"1 a producer messaging:orders; 2<1 a client http:sqs.example"}                | ${["a -> messaging:orders"]}              | ${0}
    ${"a service may write to itself"}               | ${"1 a producer messaging:orders; 2<1 a consumer messaging:orders"}              | ${["a -> a"]}                             | ${0}
  `("$why", expectEdges);
});

describe("nested spans of one service", () => {
  test.each`
    why                                                   | trace                                                                                               | edges                                                   | expired
    ${"application's and sidecar's client are one"}       | ${"1 a client; 2<1 a client; 3<2 b server"}                                                         | ${["a -> b"]}                                           | ${0}
    ${"with inner spans between"}                         | ${"1 a client; 2<1 a internal; 3<2 a client; 4<3 b server"}                                         | ${["a -> b"]}                                           | ${0}
    ${"without a server"}                                 | ${"1 a client http:b.shop; 2<1 a client http:b"}                                                    | ${["a -> peer:b"]}                                      | ${0}
    ${"without a server or a name"}                       | ${"1 a client; 2<1 a client"}                                                                       | ${[]}                                                   | ${1}
    ${"the one that has a name gives it"}                 | ${"1 a client http:b; 2<1 a client"}                                                                | ${["a -> peer:b"]}                                      | ${0}
    ${"a name that the sidecar's has"}                    | ${"1 a client; 2<1 a client http:b"}                                                                | ${["a -> peer:b"]}                                      | ${0}
    ${"versions that differ between the two"}             | ${"1 a@1.4.2 client; 2<1 a@v1 client; 3<2 b@v1 server; 4<3 b@2.0 server"}                           | ${["a@v1 -> b@v1"]}                                     | ${0}
    ${"sidecar's and application's server are one"}       | ${"1 a client; 2<1 b server; 3<2 b server"}                                                         | ${["a -> b"]}                                           | ${0}
    ${"three deep, inner spans between"}                  | ${"1 b server; 2<1 b internal; 3<2 b server; 4<3 b server"}                                         | ${["user -> b"]}                                        | ${0}
    ${"an application that answers twice is called once"} | ${"1 b server; 2<1 b server; 3<1 b server"}                                                         | ${["user -> b"]}                                        | ${0}
    ${"a whole hop with sidecars"}                        | ${"1 a client; 2<1 a client; 3<2 b server; 4<3 b server; 5<4 b client; 6<5 b client; 7<6 c server"} | ${["a -> b", "b -> c"]}                                 | ${0}
    ${"clients of two services are two calls"}            | ${"1 a client; 2<1 gateway client; 3<2 b server"}                                                   | ${["a -> gateway", "gateway -> b"]}                     | ${0}
    ${"a mapper's and its driver's are one"}              | ${"1 a client database:prisma; 2<1 a client database:orders-db"}                                    | ${["a -> database:orders-db"]}                          | ${0}
    ${"a database spoken to over HTTP stays a database"}  | ${"1 a client database:carts; 2<1 a client http:dynamodb.example"}                                  | ${["a -> database:carts"]}                              | ${0}
    ${"connects and look-ups belong to their call"}       | ${"1 a client http:b; 2<1 a client; 3<1 a client"}                                                  | ${["a -> peer:b"]}                                      | ${0}
    ${"with a server too"}                                | ${"1 a client http:b; 2<1 a client; 3<1 b server"}                                                  | ${["a -> b"]}                                           | ${0}
    ${"tries that were not answered keep their peer"}     | ${"1 a client; 2<1 a client http:b-1 error; 3<1 a client http:b-2; 4<3 b server"}                   | ${["a -> peer:b-1", "a -> b"]}                          | ${0}
    ${"a context that leaked into the next call"}         | ${"1 a client; 2<1 b server; 3<1 a client; 4<3 c server"}                                           | ${["a -> b", "a -> c"]}                                 | ${0}
    ${"and into a database's"}                            | ${"1 a client http:b; 2<1 a client database:orders-db"}                                             | ${["a -> peer:b", "a -> database:orders-db"]}           | ${0}
    ${"and into a producer's"}                            | ${"1 a client database:orders-db; 2<1 a producer messaging:orders"}                                 | ${["a -> database:orders-db", "a -> messaging:orders"]} | ${0}
    ${"but not if that names no end"}                     | ${"1 a client http:b; 2<1 a producer"}                                                              | ${["a -> peer:b"]}                                      | ${0}
  `("$why", expectEdges);
});

describe("several servers of one client", () => {
  test.each`
    why                                                    | trace                                                                                                                                      | edges
    ${"each try is an edge, the last has the client's"}    | ${"1 a client http for:90; 2<1 b server at:1 for:10 error; 3<1 b server at:2 for:20"}                                                      | ${["a -> b http at 1, server 10, failed", "a -> b http at 0, client 90, server 20"]}
    ${"a try at another version"}                          | ${"1 a client http for:90; 2<1 b@v2 server at:1 for:10 error; 3<1 b@v1 server at:2 for:20"}                                                | ${["a -> b@v2 http at 1, server 10, failed", "a -> b@v1 http at 0, client 90, server 20"]}
    ${"a client that gave up failed with the last"}        | ${"1 a client http for:90 error; 2<1 b server at:1 for:10; 3<1 b server at:2 for:20"}                                                      | ${["a -> b http at 1, server 10", "a -> b http at 0, client 90, server 20, failed"]}
    ${"fan-out by a proxy: each service has the client's"} | ${"1 a client http for:90; 2<1 b server at:1 for:10; 3<1 c server at:2 for:20"}                                                            | ${["a -> b http at 0, client 90, server 10", "a -> c http at 0, client 90, server 20"]}
    ${"tries that started at once"}                        | ${"1 a client http for:90; 2<1 b server at:1 for:10; 3<1 b server at:1 for:20"}                                                            | ${["a -> b http at 1, server 10", "a -> b http at 0, client 90, server 20"]}
    ${"tries with client spans of their own"}              | ${"1 a client for:90; 2<1 a client at:1 for:11 error; 3<2 b server at:2 for:10 error; 4<1 a client at:3 for:21; 5<4 b server at:4 for:20"} | ${["a -> b other at 1, client 11, server 10, failed", "a -> b other at 3, client 21, server 20"]}
    ${"a failure of the whole is none of each try"}        | ${"1 a client error; 2<1 a client; 3<2 b server; 4<1 a client; 5<4 b server"}                                                              | ${["a -> b other at 0, client 0, server 0", "a -> b other at 0, client 0, server 0"]}
  `("$why", ({ trace, edges }) => {
    expect(graphOfTrace(parseTrace(trace)).edges.map(formatWholeEdge).sort()).toEqual([...edges].sort());
  });
});

describe("what an edge says", () => {
  test.each`
    why                                                  | trace                                                                                                           | edge
    ${"latencies are kept apart, the client's start"}    | ${"1 a client http at:3 for:40; 2<1 b server at:9 for:20"}                                                      | ${"a -> b http at 3, client 40, server 20"}
    ${"the server's start without a client"}             | ${"1 b server http at:9 for:20"}                                                                                | ${"user -> b http at 9, server 20"}
    ${"no latency of a client that isn't one"}           | ${"1 a internal at:3 for:40; 2<1 b server at:9 for:20"}                                                         | ${"a -> b other at 9, server 20"}
    ${"no latency of a server that isn't one"}           | ${"1 a client http at:3 for:40; 2<1 b internal at:9 for:20"}                                                    | ${"a -> b http at 3, client 40"}
    ${"failed for the client"}                           | ${"1 a client http error; 2<1 b server"}                                                                        | ${"a -> b http at 0, client 0, server 0, failed"}
    ${"failed for the server"}                           | ${"1 a client http; 2<1 b server error"}                                                                        | ${"a -> b http at 0, client 0, server 0, failed"}
    ${"an inner span's failure is its own"}              | ${"1 a client http; 2<1 b internal error; 3<2 b server"}                                                        | ${"a -> b http at 0, client 0, server 0"}
    ${"sampled by the client"}                           | ${"1 a client http sampled; 2<1 b server"}                                                                      | ${"a -> b http at 0, client 0, server 0, sampled"}
    ${"sampled by the server"}                           | ${"1 a client http; 2<1 b server sampled"}                                                                      | ${"a -> b http at 0, client 0, server 0, sampled"}
    ${"nested: those at the wire are measured"}          | ${"1 a client http at:1 for:9; 2<1 a client http at:2 for:7; 3<2 b server at:3 for:5; 4<3 b server at:4 for:3"} | ${"a -> b http at 2, client 7, server 5"}
    ${"nested: a failure only the application saw"}      | ${"1 a client http error; 2<1 a client http; 3<2 b server"}                                                     | ${"a -> b http at 0, client 0, server 0, failed"}
    ${"nested: a failure only its server saw"}           | ${"1 a client http; 2<1 b server; 3<2 b server error"}                                                          | ${"a -> b http at 0, client 0, server 0, failed"}
    ${"nested: a failure only the innermost saw"}        | ${"1 b server http; 2<1 b server; 3<2 b server error"}                                                          | ${"user -> b http at 0, server 0, failed"}
    ${"nested: sampled by one of them"}                  | ${"1 a client http sampled; 2<1 a client http; 3<2 b server"}                                                   | ${"a -> b http at 0, client 0, server 0, sampled"}
    ${"nested: sampled by the inner server"}             | ${"1 b server http; 2<1 b server sampled"}                                                                      | ${"user -> b http at 0, server 0, sampled"}
    ${"nested: a call is as long as what names its end"} | ${"1 a client http:b at:1 for:9; 2<1 a client at:2 for:1"}                                                      | ${"a -> peer:b http at 1, client 9, virtual"}
    ${"nested: the driver is measured"}                  | ${"1 a client database:x at:1 for:9; 2<1 a client database:y at:2 for:7"}                                       | ${"a -> database:y database at 2, client 7, virtual"}
    ${"nested: a database spoken to over HTTP"}          | ${"1 a client database:x at:1 for:9; 2<1 a client http:y at:2 for:7"}                                           | ${"a -> database:x database at 1, client 9, virtual"}
    ${"a database"}                                      | ${"1 a client database:db at:1 for:9 error"}                                                                    | ${"a -> database:db database at 1, client 9, failed, virtual"}
    ${"a database with spans of its own"}                | ${"1 a client database:db for:9; 2<1 b server http for:5"}                                                      | ${"a -> b database at 0, client 9, server 5"}
    ${"a queue in a database"}                           | ${"1 a client database:db; 2<1 b consumer"}                                                                     | ${"a -> b messaging at 0, client 0, server 0"}
    ${"a peer"}                                          | ${"1 a client rpc:b at:1 for:9 sampled"}                                                                        | ${"a -> peer:b rpc at 1, client 9, sampled, virtual"}
    ${"the client's protocol"}                           | ${"1 a client rpc; 2<1 b server http"}                                                                          | ${"a -> b rpc at 0, client 0, server 0"}
    ${"the server's, if the client knows none"}          | ${"1 a client; 2<1 b server http"}                                                                              | ${"a -> b http at 0, client 0, server 0"}
    ${"an application's, if its sidecar knows none"}     | ${"1 a client rpc; 2<1 a client; 3<2 b server"}                                                                 | ${"a -> b rpc at 0, client 0, server 0"}
    ${"a message that comes by a request"}               | ${"1 a client http; 2<1 b consumer"}                                                                            | ${"a -> b messaging at 0, client 0, server 0"}
    ${"a message, whatever the attributes say"}          | ${"1 a producer http at:1 for:2; 2<1 b consumer at:3 for:4"}                                                    | ${"a -> b messaging at 1, client 2, server 4"}
    ${"a topic has no latency of its own"}               | ${"1 b consumer messaging:orders at:1 for:4"}                                                                   | ${"messaging:orders -> b messaging at 1, server 4"}
  `("$why", ({ trace, edge }) => {
    expect(graphOfTrace(parseTrace(trace)).edges.map(formatWholeEdge)).toEqual([edge]);
  });
});

describe("spans that are sent twice", () => {
  test.each`
    why                                      | trace                                                                           | edges
    ${"count once"}                          | ${"1 a client for:9; 2<1 b server for:5; 1 a client for:9; 2<1 b server for:5"} | ${["a -> b other at 0, client 9, server 5"]}
    ${"the longest report has the duration"} | ${"1 a client for:9; 1 a client; 2<1 b server for:5"}                           | ${["a -> b other at 0, client 9, server 5"]}
    ${"a failure in either counts"}          | ${"1 a client for:9; 1 a client error; 2<1 b server for:5"}                     | ${["a -> b other at 0, client 9, server 5, failed"]}
    ${"a sample in either counts"}           | ${"1 a client for:9; 1 a client sampled; 2<1 b server for:5"}                   | ${["a -> b other at 0, client 9, server 5, sampled"]}
    ${"peers that differ don't make two"}    | ${"1 a client http:b for:9; 1 a client http:c for:9"}                           | ${["a -> peer:c http at 0, client 9, virtual"]}
    ${"two servers of one id are one"}       | ${"1 a client for:9; 1 b server for:8; 1 b server for:7"}                       | ${["a -> b other at 0, client 9, server 8"]}
  `("$why", ({ trace, edges }) => {
    expect(graphOfTrace(parseTrace(trace)).edges.map(formatWholeEdge)).toEqual(edges);
  });
});

describe("circles of parents have no way up", () => {
  test.each`
    why                                        | trace                                                                     | edges                             | expired
    ${"a server that is its own parent"}       | ${"1<1 a server"}                                                         | ${[]}                             | ${1}
    ${"a client that is its own parent"}       | ${"1<1 a client http:b"}                                                  | ${["a -> peer:b"]}                | ${0}
    ${"an inner span that is its own parent"}  | ${"1<1 a internal; 2<1 a server"}                                         | ${[]}                             | ${1}
    ${"inner spans in a ring, a server below"} | ${"1<3 a internal; 2<1 a internal; 3<2 a internal; 4<3 a server"}         | ${[]}                             | ${1}
    ${"servers in a ring"}                     | ${"1<2 a server; 2<1 a server"}                                           | ${[]}                             | ${2}
    ${"clients in a ring"}                     | ${"1<2 a client http:b; 2<1 a client http:b"}                             | ${["a -> peer:b", "a -> peer:b"]} | ${0}
    ${"calls in a ring, a call below"}         | ${"1<4 a server; 2<1 a client; 3<2 b server; 4<3 b client; 5<4 c server"} | ${["b -> c"]}                     | ${3}
  `("$why", expectEdges);
});
