import { expect, test } from "vitest";
import { hostsOf, hostWithoutPort, portOf } from "./hosts.ts";

const backend = { namespace: "shop", name: "backend", hosts: ["API.Example.com", "backend.shop"] };
const qualified = ["backend.shop", "backend.shop.svc", "backend.shop.svc.cluster.local", "api.example.com"];

test("inside its namespace a service answers to its short name too", () => {
  expect(hostsOf(backend, "shop")).toEqual(["backend", ...qualified]);
});

test("from another namespace only the qualified names lead to it, each once and in lower case", () => {
  expect(hostsOf(backend, "lab")).toEqual(qualified);
});

test.each`
  authority            | host
  ${"shop"}            | ${"shop"}
  ${"Shop:8080"}       | ${"shop"}
  ${"shop:"}           | ${"shop"}
  ${"API.Example.COM"} | ${"api.example.com"}
  ${"127.0.0.1:9000"}  | ${"127.0.0.1"}
  ${"[::1]:80"}        | ${"::1"}
  ${"[FE80::A]"}       | ${"fe80::a"}
  ${"[::1"}            | ${"::1"}
  ${""}                | ${""}
`("the host of '$authority' is '$host'", ({ authority, host }) => {
  expect(hostWithoutPort(authority)).toBe(host);
});

test.each`
  authority      | port
  ${"shop:8080"} | ${8080}
  ${"shop"}      | ${undefined}
  ${"shop:"}     | ${undefined}
  ${"[::1]:80"}  | ${80}
  ${"[::1]"}     | ${undefined}
  ${"[::1:80"}   | ${undefined}
  ${""}          | ${undefined}
`("the port of '$authority' is $port", ({ authority, port }) => {
  expect(portOf(authority)).toBe(port);
});
