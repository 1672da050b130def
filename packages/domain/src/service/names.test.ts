import fc from "fast-check";
import { expect, test } from "vitest";
import { compareVersions, Name, SocketAddress, Version } from "./names.ts";
import { parseSocketAddress } from "./socket-address.ts";

test.each`
  name              | accepted
  ${"a"}            | ${true}
  ${"payments-v2"}  | ${true}
  ${"9lives"}       | ${true}
  ${"a".repeat(63)} | ${true}
  ${"a".repeat(64)} | ${false}
  ${""}             | ${false}
  ${"-a"}           | ${false}
  ${"a-"}           | ${false}
  ${"A"}            | ${false}
  ${"a.b"}          | ${false}
  ${"a_b"}          | ${false}
  ${"a\n"}          | ${false}
  ${"é"}            | ${false}
`("Name takes '$name': $accepted", ({ name, accepted }) => {
  expect(Name.safeParse(name).success).toBe(accepted);
});

test.each`
  version           | accepted
  ${"v1"}           | ${true}
  ${"2026.11.3"}    | ${true}
  ${"canary_B"}     | ${true}
  ${"a".repeat(63)} | ${true}
  ${"a".repeat(64)} | ${false}
  ${""}             | ${false}
  ${".1"}           | ${false}
  ${"1."}           | ${false}
  ${"v 1"}          | ${false}
  ${"v1\n"}         | ${false}
`("Version takes '$version': $accepted", ({ version, accepted }) => {
  expect(Version.safeParse(version).success).toBe(accepted);
});

test.each`
  text                | parsed
  ${"127.0.0.1:8080"} | ${{ host: "127.0.0.1", port: 8080 }}
  ${"[::1]:80"}       | ${{ host: "::1", port: 80 }}
  ${"db_1.lan:5432"}  | ${{ host: "db_1.lan", port: 5432 }}
  ${"a:65535"}        | ${{ host: "a", port: 65_535 }}
  ${"a:65536"}        | ${undefined}
  ${"a:0"}            | ${undefined}
  ${"a:"}             | ${undefined}
  ${":80"}            | ${undefined}
  ${"a"}              | ${undefined}
  ${"::1:80"}         | ${undefined}
  ${"[::1]"}          | ${undefined}
  ${"[a]:80z"}        | ${undefined}
  ${"a:80 "}          | ${undefined}
  ${"a:-1"}           | ${undefined}
  ${"http://a:80"}    | ${undefined}
  ${"user@a:80"}      | ${undefined}
  ${"a/b:80"}         | ${undefined}
  ${"a\u0000b:80"}    | ${undefined}
`("'$text' is the address $parsed", ({ text, parsed }) => {
  expect(parseSocketAddress(text)).toEqual(parsed);
  expect(SocketAddress.safeParse(text).success).toBe(parsed !== undefined);
});

test("versions sort as people count", () => {
  const sorted = ["v1", "v1.9", "v1.10", "v2", "v10"];
  expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
});

test("the order of versions is total: only equal texts compare equal", () => {
  const version = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}[A-Za-z0-9]$/);
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      expect(compareVersions(a, b) === 0).toBe(a === b);
    }),
  );
  expect(compareVersions("v1", "v01")).not.toBe(0);
});
