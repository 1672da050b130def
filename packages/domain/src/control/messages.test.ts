import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { Acknowledgement, ControlMessage, Hello } from "./messages.ts";

const workload = { namespace: "shop", service: "cart", version: "v1" };
const hello = { proxyId: "cart-v1-7f3a", workload, release: "0.1.0" };

test.each`
  what                           | value
  ${"a sidecar that only calls"} | ${hello}
  ${"one with everything"}       | ${{ ...hello, inboundAddress: "127.0.0.1:15006", zone: "a", snapshotVersion: "0123456789abcdef" }}
`("Hello takes $what", ({ value }) => {
  expect(Hello.parse(value)).toEqual(value);
});

test.each`
  what                             | value                                                       | path
  ${"an empty proxy id"}           | ${{ ...hello, proxyId: "" }}                                | ${"proxyId"}
  ${"a proxy id too long"}         | ${{ ...hello, proxyId: "x".repeat(129) }}                   | ${"proxyId"}
  ${"a proxy id with a zero byte"} | ${{ ...hello, proxyId: "a\u0000" }}                         | ${"proxyId"}
  ${"no workload"}                 | ${{ proxyId: "p", release: "1" }}                           | ${"workload"}
  ${"a bad service name"}          | ${{ ...hello, workload: { ...workload, service: "Cart" } }} | ${"workload.service"}
  ${"an address without port"}     | ${{ ...hello, inboundAddress: "127.0.0.1" }}                | ${"inboundAddress"}
  ${"no release"}                  | ${{ proxyId: "p", workload }}                               | ${"release"}
  ${"a zero byte in the release"}  | ${{ ...hello, release: "1\u0000" }}                         | ${"release"}
  ${"an unknown key"}              | ${{ ...hello, pid: 3 }}                                     | ${"pid"}
`("Hello refuses $what at $path", ({ value, path }) => {
  expect(findingsOf(Hello.safeParse(value).error!).map((f) => f.path)).toEqual([path]);
});

const snapshot = { version: "0123456789abcdef", content: { namespace: "shop", services: [] } };

test.each`
  message
  ${{ type: "snapshot", snapshot }}
  ${{ type: "current", version: "0123456789abcdef" }}
  ${{ type: "ping" }}
`("$message survives the wire", ({ message }) => {
  expect(ControlMessage.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test.each`
  message
  ${{ type: "pong" }}
  ${{ type: "ping", at: 1 }}
  ${{ type: "snapshot", snapshot: { ...snapshot, version: "v1" } }}
  ${{ type: "current" }}
`("$message is refused", ({ message }) => {
  expect(ControlMessage.safeParse(message).success).toBe(false);
});

test.each`
  value                                                      | paths
  ${{ proxyId: "p", version: "0123456789abcdef" }}           | ${[]}
  ${{ proxyId: "p", version: "x", error: "bad weights" }}    | ${[]}
  ${{ proxyId: "p", version: "x", error: "e".repeat(2001) }} | ${["error"]}
  ${{ proxyId: "p", version: "x", error: "a\u0000" }}        | ${["error"]}
  ${{ proxyId: "p", version: "x\u0000" }}                    | ${["version"]}
  ${{ proxyId: "p" }}                                        | ${["version"]}
`("Acknowledgement $value is refused at $paths", ({ value, paths }) => {
  const { error } = Acknowledgement.safeParse(value);
  expect(error ? findingsOf(error).map((f) => f.path) : []).toEqual(paths);
});
