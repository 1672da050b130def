import { expect, test } from "vitest";
import { Fields } from "./fields.ts";
import { keepsAlive, removeNamedInConnection, upgradeOf } from "./hop-by-hop.ts";
import { writeRequestHead, writeResponseHead, writeTrailers } from "./write-head.ts";

function fieldsFrom(...lines: string[]): Fields {
  const fields = new Fields();
  for (const line of lines) fields.add(line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2));
  return fields;
}

test.each`
  why                                      | sent                                                                    | passed
  ${"order and case are kept"}             | ${["b: 1", "A: 2", "b: 3"]}                                             | ${"b: 1|A: 2|b: 3"}
  ${"fields of one hop end here"}          | ${["Keep-Alive: timeout=5", "Proxy-Connection: x", "A: b"]}             | ${"A: b"}
  ${"fields named in Connection end here"} | ${["Connection: X-Hop, close", "x-hop: 1", "A: b"]}                     | ${"A: b"}
  ${"also where Connection is repeated"}   | ${["Connection: a", "Connection: b", "a: 1", "b: 2"]}                   | ${""}
  ${"but none the message needs"}          | ${["Connection: host, content-length", "Host: h", "Content-Length: 3"]} | ${"Host: h|Content-Length: 3"}
  ${"framing passes as it came"}           | ${["Transfer-Encoding: chunked", "Trailer: X-Sum"]}                     | ${"Transfer-Encoding: chunked|Trailer: X-Sum"}
  ${"of TE only trailers passes"}          | ${["TE: gzip, trailers", "Connection: TE"]}                             | ${"TE: trailers|Connection: TE"}
  ${"TE without trailers ends here"}       | ${["TE: gzip", "Connection: TE"]}                                       | ${""}
  ${"an upgrade not asked for ends here"}  | ${["Upgrade: websocket", "A: b"]}                                       | ${"A: b"}
  ${"credentials for a proxy end here"}    | ${["Proxy-Authorization: x", "A: b"]}                                   | ${"A: b"}
`("a request head: $why", ({ sent, passed }) => {
  const fields = fieldsFrom(...sent);
  removeNamedInConnection(fields);
  const head = writeRequestHead("GET", "/", fields, {});
  expect(head).toBe(`GET / HTTP/1.1\r\n${passed.replaceAll("|", "\r\n")}${passed ? "\r\n" : ""}\r\n`);
});

test("an upgrade that is asked for passes with its Connection", () => {
  const fields = fieldsFrom("Host: a", "Connection: keep-alive, Upgrade", "Upgrade: websocket");
  removeNamedInConnection(fields);
  expect(upgradeOf(fields)).toBe("websocket");
  expect(writeRequestHead("GET", "/", fields, { upgrade: "websocket" })).toBe(
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  );
});

test.each`
  connection               | upgrade            | asked
  ${"Upgrade"}             | ${"websocket"}     | ${"websocket"}
  ${"keep-alive, UPGRADE"} | ${"websocket"}     | ${"websocket"}
  ${"keep-alive"}          | ${"websocket"}     | ${undefined}
  ${"Upgrade"}             | ${"h2c"}           | ${undefined}
  ${"Upgrade"}             | ${"websocket,H2C"} | ${undefined}
`("Connection: $connection, Upgrade: $upgrade asks for $asked", ({ connection, upgrade, asked }) => {
  expect(upgradeOf(fieldsFrom(`Connection: ${connection}`, `Upgrade: ${upgrade}`))).toBe(asked);
});

test.each`
  minor | connection      | kept
  ${1}  | ${undefined}    | ${true}
  ${1}  | ${"close"}      | ${false}
  ${1}  | ${"X, Close"}   | ${false}
  ${1}  | ${"keep-alive"} | ${true}
  ${0}  | ${undefined}    | ${false}
  ${0}  | ${"Keep-Alive"} | ${true}
`("HTTP/1.$minor with Connection: $connection keeps the connection: $kept", ({ minor, connection, kept }) => {
  expect(
    keepsAlive(minor, connection === undefined ? new Fields() : fieldsFrom(`Connection: ${connection}`)),
  ).toBe(kept);
});

test("a response head keeps its reason, and says that the connection ends where it does", () => {
  const head = {
    status: 418,
    reason: "I'm a teapot",
    minorVersion: 0 as const,
    fields: fieldsFrom("Connection: keep-alive", "ETag: x"),
  };
  expect(writeResponseHead(head, { close: true })).toBe(
    "HTTP/1.1 418 I'm a teapot\r\nETag: x\r\nConnection: close\r\n\r\n",
  );
});

test("trailers named in the head's Connection stay behind", () => {
  expect(writeTrailers(fieldsFrom("X-Sum: 1", "X-Hop: 2"), fieldsFrom("Connection: x-hop"))).toBe(
    "X-Sum: 1\r\n\r\n",
  );
});
