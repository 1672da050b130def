import { RegexRefused } from "@weir/domain";
import type { AttributeValue } from "@weir/telemetry/otlp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AttributeRules } from "./attribute-rules.ts";
import { normaliseAttributes, redactAttributes } from "./normalise-attributes.ts";
import type { KeyAction, RedactionSettings } from "./redaction.ts";

const [internal, server, client, producer, consumer] = [1, 2, 3, 4, 5];
const rules = new AttributeRules();

describe("older conventions", () => {
  test.each`
    kind        | old                                                          | today
    ${client}   | ${{ "http.method": "GET", "http.status_code": 200 }}         | ${{ "http.request.method": "GET", "http.response.status_code": 200 }}
    ${client}   | ${{ "http.url": "http://a/b?c" }}                            | ${{ "url.full": "http://a/b?c" }}
    ${server}   | ${{ "http.target": "/a/b?c=d&e" }}                           | ${{ "url.path": "/a/b", "url.query": "c=d&e" }}
    ${server}   | ${{ "http.target": "/a/b?" }}                                | ${{ "url.path": "/a/b" }}
    ${server}   | ${{ "http.target": "/a#frag?x" }}                            | ${{ "url.path": "/a" }}
    ${server}   | ${{ "http.target": "http://h:1/a?b=/c" }}                    | ${{ "url.path": "/a", "url.query": "b=/c" }}
    ${server}   | ${{ "http.target": "*" }}                                    | ${{ "url.path": "*" }}
    ${server}   | ${{ "http.target": "" }}                                     | ${{ "url.path": "/" }}
    ${server}   | ${{ "http.scheme": "https", "http.user_agent": "curl" }}     | ${{ "url.scheme": "https", "user_agent.original": "curl" }}
    ${server}   | ${{ "net.host.name": "shop", "net.host.port": 80 }}          | ${{ "server.address": "shop", "server.port": 80 }}
    ${client}   | ${{ "net.peer.name": "db", "net.peer.port": 5432 }}          | ${{ "server.address": "db", "server.port": 5432 }}
    ${server}   | ${{ "net.peer.name": "me", "net.peer.port": 5000 }}          | ${{ "client.address": "me", "client.port": 5000 }}
    ${producer} | ${{ "net.peer.name": "kafka" }}                              | ${{ "server.address": "kafka" }}
    ${consumer} | ${{ "net.peer.name": "kafka" }}                              | ${{ "server.address": "kafka" }}
    ${internal} | ${{ "net.sock.peer.addr": "10.0.0.1" }}                      | ${{ "network.peer.address": "10.0.0.1" }}
    ${client}   | ${{ "net.peer.ip": "10.0.0.1" }}                             | ${{ "network.peer.address": "10.0.0.1" }}
    ${client}   | ${{ "net.transport": "ip_tcp", "net.sock.family": "inet6" }} | ${{ "network.transport": "tcp", "network.type": "ipv6" }}
    ${client}   | ${{ "net.transport": "inproc" }}                             | ${{ "network.transport": "inproc" }}
    ${client}   | ${{ "http.flavor": "2.0" }}                                  | ${{ "network.protocol.version": "2" }}
    ${client}   | ${{ "http.protocol": "HTTP/1.1" }}                           | ${{ "network.protocol.version": "1.1" }}
    ${client}   | ${{ "db.system": "mssql", "db.statement": "SELECT 1" }}      | ${{ "db.system.name": "microsoft.sql_server", "db.query.text": "SELECT 1" }}
    ${client}   | ${{ "db.system": "postgres", "db.name": "shop" }}            | ${{ "db.system.name": "postgresql", "db.namespace": "shop" }}
    ${client}   | ${{ "db.system": "constructor" }}                            | ${{ "db.system.name": "constructor" }}
    ${client}   | ${{ "db.redis.database_index": 3 }}                          | ${{ "db.namespace": "3" }}
    ${client}   | ${{ "db.operation": "SELECT", "db.sql.table": "t" }}         | ${{ "db.operation.name": "SELECT", "db.collection.name": "t" }}
    ${consumer} | ${{ "messaging.operation": "publish" }}                      | ${{ "messaging.operation.type": "send" }}
    ${consumer} | ${{ "messaging.destination": "orders" }}                     | ${{ "messaging.destination.name": "orders" }}
    ${consumer} | ${{ "messaging.kafka.partition": 2 }}                        | ${{ "messaging.destination.partition.id": "2" }}
    ${consumer} | ${{ "messaging.kafka.consumer_group": "g" }}                 | ${{ "messaging.consumer.group.name": "g" }}
    ${client}   | ${{ "rpc.system": "apache_dubbo", "rpc.service": "S" }}      | ${{ "rpc.system.name": "dubbo", "rpc.service": "S" }}
    ${internal} | ${{ "code.filepath": "/a.ts", "code.lineno": 3 }}            | ${{ "code.file.path": "/a.ts", "code.line.number": 3 }}
    ${client}   | ${{ "peer.service": "db", "exception.type": "E" }}           | ${{ "peer.service": "db", "exception.type": "E" }}
  `("$old becomes $today on a span of kind $kind", ({ kind, old, today }) => {
    expect(normaliseAttributes(old, rules, kind)).toEqual(today);
  });

  test.each`
    both                                                             | one
    ${{ "http.method": "GET", "http.request.method": "POST" }}       | ${{ "http.request.method": "POST" }}
    ${{ "http.request.method": "POST", "http.method": "GET" }}       | ${{ "http.request.method": "POST" }}
    ${{ "http.target": "/old?q", "url.path": "/new" }}               | ${{ "url.path": "/new", "url.query": "q" }}
    ${{ "net.peer.ip": "1.1.1.1", "net.sock.peer.addr": "2.2.2.2" }} | ${{ "network.peer.address": "2.2.2.2" }}
    ${{ "net.sock.peer.addr": "2.2.2.2", "net.peer.ip": "1.1.1.1" }} | ${{ "network.peer.address": "2.2.2.2" }}
    ${{ "http.client_ip": "8.8.8.8", "net.peer.name": "proxy" }}     | ${{ "client.address": "8.8.8.8" }}
  `("of $both $one is left", ({ both, one }) => {
    expect(normaliseAttributes(both, rules, server)).toEqual(one);
  });

  test.each`
    sent                                          | kept
    ${{ "http.status_code": "404" }}              | ${{ "http.response.status_code": 404 }}
    ${{ "http.response.status_code": "404" }}     | ${{ "http.response.status_code": 404 }}
    ${{ "http.response.status_code": "n/a" }}     | ${{ "http.response.status_code": "n/a" }}
    ${{ "server.port": "80", "http.route": "1" }} | ${{ "server.port": 80, "http.route": "1" }}
  `("$sent is read as $kept: integers may come as texts", ({ sent, kept }) => {
    expect(normaliseAttributes(sent, rules, server)).toEqual(kept);
  });

  test("attributes that say nothing old are the same object, not a copy", () => {
    const attributes = { "url.path": "/", "http.request.method": "GET", list: [1, 2] };
    expect(normaliseAttributes(attributes, rules, server)).toBe(attributes);
    expect(redactAttributes(attributes, rules)).toBe(attributes);
  });

  test("can be left as they are", () => {
    const attributes = { "http.method": "GET", "http.target": "/a?b", "http.status_code": "200" };
    expect(normaliseAttributes(attributes, new AttributeRules({ normalise: false }), server)).toBe(
      attributes,
    );
  });

  test("a name of today stays, whatever it is called", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (attributes) => {
        expect(normaliseAttributes(attributes, rules, client)).toEqual(attributes);
      }),
    );
    const proto = JSON.parse('{ "__proto__": "x", "http.method": "GET" }');
    expect(Object.entries(normaliseAttributes(proto, rules))).toEqual([
      ["__proto__", "x"],
      ["http.request.method", "GET"],
    ]);
  });
});

test("a rule is the same every time, however many names come by", () => {
  const rule = rules.ruleOf("http.target", server);
  for (let i = 0; i < 10_000; i++) rules.ruleOf(`made-up-${i}`, server);
  expect(rules.ruleOf("http.target", server)).toEqual(rule);
  expect(rules.ruleOf("url.path")).toMatchObject({ isAlias: false, rank: 0, isPlain: true });
  expect(rule).toMatchObject({ name: "url.path", isAlias: true, isPlain: false });
});

const redacting = (redaction: Partial<RedactionSettings>, normalise = true) =>
  new AttributeRules({ normalise, redaction: { keys: [], values: [], ignoredKeys: [], ...redaction } });
const acting = (...keys: KeyAction[]) => redacting({ keys });

describe("redaction", () => {
  test.each`
    keys                                                                          | sent                                                      | stored
    ${[{ key: "enduser.id", action: "drop" }]}                                    | ${{ "enduser.id": "me", a: 1 }}                           | ${{ a: 1 }}
    ${[{ key: "enduser.id", action: "mask" }]}                                    | ${{ "enduser.id": 7 }}                                    | ${{ "enduser.id": "****" }}
    ${[{ key: "http.url", action: "mask" }]}                                      | ${{ "url.full": "http://a" }}                             | ${{ "url.full": "****" }}
    ${[{ key: "url.full", action: "mask" }]}                                      | ${{ "http.url": "http://a" }}                             | ${{ "url.full": "****" }}
    ${[{ key: "url.query", action: "drop" }]}                                     | ${{ "http.target": "/a?token=1" }}                        | ${{ "url.path": "/a" }}
    ${[{ key: "http.target", action: "drop" }]}                                   | ${{ "url.path": "/a", "url.query": "b" }}                 | ${{}}
    ${[{ key: "http.target", action: "mask" }]}                                   | ${{ "http.target": "/a?token=1" }}                        | ${{ "url.path": "****" }}
    ${[{ pattern: "token|passw", action: "drop" }]}                               | ${{ "app.token.x": "t", password: "p", b: 2 }}            | ${{ b: 2 }}
    ${[{ pattern: "^app\\.", action: "mask" }, { key: "app.x", action: "drop" }]} | ${{ "app.x": 1, "app.y": 2, "my.app.z": 3 }}              | ${{ "app.y": "****", "my.app.z": 3 }}
    ${[{ pattern: ".", action: "drop" }]}                                         | ${{ "weir.source.service": "web", a: 1 }}                 | ${{ "weir.source.service": "web" }}
    ${[{ pattern: "secret", action: "mask" }]}                                    | ${{ user: { secret: 1, name: "n" }, l: [{ secret: 2 }] }} | ${{ user: { secret: "****", name: "n" }, l: [{ secret: "****" }] }}
    ${[{ pattern: "secret", action: "drop" }]}                                    | ${{ user: { secret: 1, name: "n" } }}                     | ${{ user: { name: "n" } }}
  `("$keys makes $sent $stored", ({ keys, sent, stored }) => {
    expect(normaliseAttributes(sent, acting(...keys), server)).toEqual(stored);
  });

  test("names on the list of exceptions are kept, unless they are named themselves", () => {
    const some = redacting({
      keys: [
        { pattern: "token", action: "mask" },
        { key: "token.c", action: "drop" },
      ],
      ignoredKeys: ["token.a", "token.c"],
    });
    const sent = { "token.a": "1", "token.b": "2", "token.c": "3" };
    expect(normaliseAttributes(sent, some)).toEqual({ "token.a": "1", "token.b": "****" });
  });

  test("what a value looks like is hidden wherever it stands", () => {
    const some = redacting({ values: ["4[0-9]{12}(?:[0-9]{3})?", "sk_[a-z0-9]+"] });
    const sent = {
      "db.statement": "UPDATE c SET n='4111111111111111'",
      list: ["sk_live1", 4111111111111111, { deep: "x 4111111111111 y" }],
    };
    expect(normaliseAttributes(sent, some, client)).toEqual({
      "db.query.text": "UPDATE c SET n='****'",
      list: ["****", 4111111111111111, { deep: "x **** y" }],
    });
    expect(some.maskText("card 4111111111111111")).toBe("card ****");
    expect(some.applyToValue({ said: "sk_a" })).toEqual({ said: "****" });
    expect(some.readsTexts).toBe(true);
  });

  test.each([
    ["text", "a@b.example", "a@b.example"],
    ["integer", 7, 7n],
    ["map", { a: 1n, b: [new Uint8Array([1])] }, { a: 1n, b: [new Uint8Array([1])] }],
    ["bytes", new Uint8Array([1, 2]), Buffer.from([1, 2])],
  ] as [string, AttributeValue, AttributeValue][])(
    "a hash of a %s is the same for equal values",
    (_, a, b) => {
      const hashing = acting({ key: "k", action: "hash" });
      const { k } = normaliseAttributes({ k: a }, hashing);
      expect(k).toMatch(/^[0-9a-f]{32}$/);
      expect(normaliseAttributes({ k: b }, hashing)).toEqual({ k });
      expect(normaliseAttributes({ k: "another" }, hashing)).not.toEqual({ k });
      const keyed = redacting({ keys: [{ key: "k", action: "hash" }], hashKey: "of this house" });
      expect(normaliseAttributes({ k: a }, keyed)).not.toEqual({ k });
    },
  );

  test.each`
    sent                             | kind      | forwarded
    ${{ "http.method": "GET" }}      | ${client} | ${{ "http.method": "GET" }}
    ${{ "http.url": "http://a?x" }}  | ${client} | ${{ "http.url": "****" }}
    ${{ "http.target": "/a?token" }} | ${client} | ${{}}
    ${{ "net.peer.name": "me" }}     | ${server} | ${{ "net.peer.name": "****" }}
    ${{ "net.peer.name": "db" }}     | ${client} | ${{ "net.peer.name": "db" }}
    ${{ "http.status_code": "200" }} | ${client} | ${{ "http.status_code": "200" }}
  `("$sent is passed on as $forwarded: older names stay, and hide no less", ({ sent, kind, forwarded }) => {
    const some = acting(
      { key: "url.full", action: "mask" },
      { key: "url.query", action: "drop" },
      { key: "client.address", action: "mask" },
    );
    expect(redactAttributes(sent, some, kind)).toEqual(forwarded);
  });

  test("hides a part of an older attribute where nothing is renamed, too", () => {
    const some = redacting({ keys: [{ key: "url.query", action: "mask" }] }, false);
    expect(normaliseAttributes({ "http.target": "/a?token=1" }, some)).toEqual({ "http.target": "****" });
  });

  test("a pattern that cannot be matched in linear time is refused", () => {
    expect(() => redacting({ values: ["(a)\\1"] })).toThrow(RegexRefused);
    expect(() => acting({ pattern: "(?=a)", action: "drop" })).toThrow(RegexRefused);
  });
});
