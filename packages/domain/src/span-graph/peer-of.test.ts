import { describe, expect, test } from "vitest";
import { graphSpanKind } from "./graph-span.ts";
import { type Peer, peerAttributeNames, peerOf } from "./peer-of.ts";

const { client, server, producer, consumer } = graphSpanKind;

/** `http peer:billing`, `database database:postgresql:orders`, `messaging messaging:kafka:orders, receives`. */
function format(peer: Peer | undefined): string {
  if (peer === undefined) return "none";
  const { type, end, receives } = peer;
  const name = end && ` ${[end.kind, end.system, end.name].filter((part) => part !== "").join(":")}`;
  return `${type}${name ?? ""}${receives ? ", receives" : ""}`;
}

describe("a server called by a client span", () => {
  test.each`
    why                                    | attributes                                                                                    | peer
    ${"nothing known"}                     | ${{}}                                                                                         | ${"other"}
    ${"HTTP"}                              | ${{ "http.request.method": "GET" }}                                                           | ${"http"}
    ${"HTTP, old name"}                    | ${{ "http.method": "GET" }}                                                                   | ${"http"}
    ${"RPC"}                               | ${{ "rpc.system.name": "grpc" }}                                                              | ${"rpc"}
    ${"RPC, old name, carried by HTTP"}    | ${{ "rpc.system": "grpc", "http.method": "POST" }}                                            | ${"rpc"}
    ${"the service's name"}                | ${{ "service.peer.name": "billing", "peer.service": "old", "server.address": "10.0.0.1" }}    | ${"other peer:billing"}
    ${"the service's name, old"}           | ${{ "peer.service": "billing", "server.address": "10.0.0.1" }}                                | ${"other peer:billing"}
    ${"the address"}                       | ${{ "server.address": "billing.shop", "net.peer.name": "old", "http.host": "older:80" }}      | ${"other peer:billing.shop"}
    ${"the address, old"}                  | ${{ "net.peer.name": "billing.shop", "http.host": "older:80" }}                               | ${"other peer:billing.shop"}
    ${"the Host header"}                   | ${{ "http.method": "GET", "http.host": "billing.shop" }}                                      | ${"http peer:billing.shop"}
    ${"the Host header without its port"}  | ${{ "http.host": "billing.shop:8080" }}                                                       | ${"other peer:billing.shop"}
    ${"an IPv6 address as Host"}           | ${{ "http.host": "[::1]:8080" }}                                                              | ${"other peer:[::1]"}
    ${"an IPv6 address without a port"}    | ${{ "http.host": "[::1]" }}                                                                   | ${"other peer:[::1]"}
    ${"an IPv6 address without brackets"}  | ${{ "http.host": "fe80::1" }}                                                                 | ${"other peer:fe80::1"}
    ${"Istio's cluster"}                   | ${{ upstream_cluster: "outbound|9080|v1|reviews.shop.svc.cluster.local" }}                    | ${"other peer:reviews.shop.svc.cluster.local"}
    ${"Istio's cluster without subset"}    | ${{ upstream_cluster: "outbound|9080||reviews.shop" }}                                        | ${"other peer:reviews.shop"}
    ${"Istio's cluster for what comes in"} | ${{ upstream_cluster: "inbound|9080||" }}                                                     | ${"other"}
    ${"a cluster of unknown destinations"} | ${{ upstream_cluster: "PassthroughCluster" }}                                                 | ${"other"}
    ${"a pod's address names no service"}  | ${{ "network.peer.address": "10.0.0.1", "net.peer.ip": "10.0.0.1" }}                          | ${"other"}
    ${"empty texts are no names"}          | ${{ "service.peer.name": "", "peer.service": "", "server.address": "billing.shop" }}          | ${"other peer:billing.shop"}
    ${"only texts are names"}              | ${{ "service.peer.name": 7, "peer.service": ["a"], "server.address": null, "db.system": {} }} | ${"other"}
    ${"a long name is cut"}                | ${{ "server.address": "b".repeat(300) }}                                                      | ${`other peer:${"b".repeat(255)}`}
  `("$why", ({ attributes, peer }) => {
    expect(format(peerOf(client, attributes))).toBe(peer);
  });
});

describe("a database, named by the first of", () => {
  const all = {
    "db.system.name": "postgresql",
    "service.peer.name": "orders-db",
    "peer.service": "old-orders-db",
    "server.address": "pg.shop",
    "net.peer.name": "old-pg.shop",
    "network.peer.address": "10.0.0.1",
    "net.sock.peer.addr": "10.0.0.2",
    "net.peer.ip": "10.0.0.3",
    "db.namespace": "orders",
    "db.name": "old-orders",
  };

  test("service, address, network address, database, system", () => {
    const left: Record<string, unknown> = { ...all };
    const found: string[] = [];
    for (const name of Object.keys(all).slice(1)) {
      found.push(format(peerOf(client, left)));
      delete left[name];
    }
    found.push(format(peerOf(client, left)));
    expect(found).toEqual(
      [...Object.values(all).slice(1), "postgresql"].map((name) => `database database:postgresql:${name}`),
    );
  });

  test.each`
    why                                  | kind      | attributes                                                            | peer
    ${"the system's old name"}           | ${client} | ${{ "db.system": "mysql", "db.name": "orders" }}                      | ${"database database:mysql:orders"}
    ${"both names of the system"}        | ${client} | ${{ "db.system": "mssql", "db.system.name": "microsoft.sql_server" }} | ${"database database:microsoft.sql_server:microsoft.sql_server"}
    ${"a database spoken to over HTTP"}  | ${client} | ${{ "db.system": "elasticsearch", "http.method": "POST" }}            | ${"database database:elasticsearch:elasticsearch"}
    ${"a database that is a broker too"} | ${client} | ${{ "db.system": "redis", "messaging.system": "redis" }}              | ${"database database:redis:redis"}
    ${"a server's attributes name none"} | ${server} | ${{ "db.system": "mysql" }}                                           | ${"other"}
    ${"nor do those of an inner span"}   | ${1}      | ${{ "db.system": "sqlite" }}                                          | ${"none"}
  `("$why", ({ kind, attributes, peer }) => {
    expect(format(peerOf(kind, attributes))).toBe(peer);
  });
});

describe("a topic", () => {
  const kafka = { "messaging.system": "kafka" };
  test.each`
    why                                   | kind        | attributes                                                                                                 | peer
    ${"a producer sends there"}           | ${producer} | ${{ ...kafka, "messaging.destination.name": "orders" }}                                                    | ${"messaging messaging:kafka:orders"}
    ${"a consumer receives from there"}   | ${consumer} | ${{ ...kafka, "messaging.destination.name": "orders" }}                                                    | ${"messaging messaging:kafka:orders, receives"}
    ${"the old name"}                     | ${producer} | ${{ ...kafka, "messaging.destination": "orders" }}                                                         | ${"messaging messaging:kafka:orders"}
    ${"without a system"}                 | ${producer} | ${{ "messaging.destination.name": "orders" }}                                                              | ${"messaging messaging:orders"}
    ${"template before name"}             | ${producer} | ${{ ...kafka, "messaging.destination.name": "orders-7", "messaging.destination.template": "orders-{id}" }} | ${"messaging messaging:kafka:orders-{id}"}
    ${"a temporary one has no name"}      | ${producer} | ${{ ...kafka, "messaging.destination.name": "tmp-7", "messaging.destination.temporary": true }}            | ${"messaging messaging:kafka:kafka"}
    ${"nor has an anonymous one"}         | ${consumer} | ${{ ...kafka, "messaging.destination.name": "tmp-7", "messaging.destination.anonymous": true }}            | ${"messaging messaging:kafka:kafka, receives"}
    ${"a temporary one, old name"}        | ${producer} | ${{ ...kafka, "messaging.destination": "tmp-7", "messaging.temp_destination": true }}                      | ${"messaging messaging:kafka:kafka"}
    ${"a lasting one says so"}            | ${producer} | ${{ ...kafka, "messaging.destination.name": "orders", "messaging.destination.temporary": false }}          | ${"messaging messaging:kafka:orders"}
    ${"the broker, where it is unknown"}  | ${producer} | ${{ ...kafka, "server.address": "broker.shop" }}                                                           | ${"messaging messaging:kafka:broker.shop"}
    ${"the broker's service name"}        | ${producer} | ${{ ...kafka, "peer.service": "broker", "server.address": "broker.shop" }}                                 | ${"messaging messaging:kafka:broker"}
    ${"the system, where all is unknown"} | ${consumer} | ${kafka}                                                                                                   | ${"messaging messaging:kafka:kafka, receives"}
    ${"nothing known, sent"}              | ${producer} | ${{}}                                                                                                      | ${"messaging"}
    ${"nothing known, received"}          | ${consumer} | ${{}}                                                                                                      | ${"messaging, receives"}
    ${"a client sends"}                   | ${client}   | ${{ ...kafka, "messaging.operation.type": "send" }}                                                        | ${"messaging messaging:kafka:kafka"}
    ${"a client that doesn't say sends"}  | ${client}   | ${kafka}                                                                                                   | ${"messaging messaging:kafka:kafka"}
    ${"a client receives"}                | ${client}   | ${{ ...kafka, "messaging.operation.type": "receive" }}                                                     | ${"messaging messaging:kafka:kafka, receives"}
    ${"a client receives, old name"}      | ${client}   | ${{ ...kafka, "messaging.operation": "receive" }}                                                          | ${"messaging messaging:kafka:kafka, receives"}
    ${"a client settles what has come"}   | ${client}   | ${{ ...kafka, "messaging.operation.type": "settle" }}                                                      | ${"messaging messaging:kafka:kafka, receives"}
  `("$why", ({ kind, attributes, peer }) => {
    expect(format(peerOf(kind, attributes))).toBe(peer);
  });
});

test.each`
  why                                   | kind      | attributes                                                             | peer
  ${"a server's protocol"}              | ${server} | ${{ "http.request.method": "GET" }}                                    | ${"http"}
  ${"a server's caller by service"}     | ${server} | ${{ "rpc.system": "grpc", "peer.service": "till" }}                    | ${"rpc peer:till"}
  ${"a server's own address isn't one"} | ${server} | ${{ "server.address": "front.shop", "http.host": "front.shop" }}       | ${"other"}
  ${"a caller's address isn't a node"}  | ${server} | ${{ "net.peer.name": "10.0.0.1", "network.peer.address": "10.0.0.1" }} | ${"other"}
  ${"an inner span has no far side"}    | ${1}      | ${{ "peer.service": "till" }}                                          | ${"none"}
  ${"nor has one of no kind"}           | ${0}      | ${{ "peer.service": "till" }}                                          | ${"none"}
  ${"nor of a kind there isn't"}        | ${17}     | ${{ "peer.service": "till" }}                                          | ${"none"}
`("$why", ({ kind, attributes, peer }) => {
  expect(format(peerOf(kind, attributes))).toBe(peer);
});

test("all attributes that are read are listed, each once", () => {
  const read = new Set<string>();
  const silent = new Proxy<Record<string, unknown>>({}, { get: (_, name) => void read.add(String(name)) });
  const speaking = (system: string) =>
    new Proxy<Record<string, unknown>>(silent, {
      get: (target, name) => (name === system ? "x" : target[String(name)]),
    });
  for (const kind of Object.values(graphSpanKind))
    for (const system of ["none", "db.system", "messaging.system"]) peerOf(kind, speaking(system));
  read.add("db.system").add("messaging.system");
  expect(peerAttributeNames.toSorted()).toEqual([...read].sort());
});
