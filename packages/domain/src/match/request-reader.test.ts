import { expect, test } from "vitest";
import { request } from "../testing/request.ts";
import { RequestReader } from "./request-reader.ts";

test.each`
  cookie                 | value
  ${"user=42"}           | ${"42"}
  ${"a=1; user=42; b=2"} | ${"42"}
  ${"user=1; user=2"}    | ${"1"}
  ${'user="4 2"'}        | ${"4 2"}
  ${"user=a=b"}          | ${"a=b"}
  ${"user="}             | ${""}
  ${"User=42"}           | ${undefined}
  ${"xuser=42"}          | ${undefined}
  ${"user"}              | ${undefined}
  ${undefined}           | ${undefined}
`("the cookie user of '$cookie' is $value", ({ cookie, value }) => {
  const facts = request(cookie === undefined ? {} : { headers: { cookie } });
  expect(new RequestReader().cookie(facts, "user")).toBe(value);
});

test("what was remembered of one request is not told of the next", () => {
  const reader = new RequestReader();
  const first = request({ target: "/%61?q=1", ip: "10.0.0.1", headers: { cookie: "a=1" } });
  const second = request({ target: "/b?q=2", ip: "::1", headers: { cookie: "a=2" } });
  const read = (facts: ReturnType<typeof request>) => [
    reader.parameter(facts, "q"),
    reader.cookie(facts, "a"),
    reader.normalPath(facts),
    reader.ip(facts)?.[7],
  ];
  expect([read(first), read(second), read(first), read(request())]).toEqual([
    ["1", "1", "/a", 1],
    ["2", "2", "/b", 1],
    ["1", "1", "/a", 1],
    [undefined, undefined, "/", 0x0203],
  ]);
});
