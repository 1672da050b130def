import { expect, test } from "vitest";
import { SocketAddress } from "./names.ts";
import { parseSocketAddress } from "./socket-address.ts";

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
