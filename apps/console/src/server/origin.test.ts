import { expect, test } from "vitest";
import { isAllowedHost, isSameOrigin } from "./origin.ts";

test.each`
  host                     | allowed  | why
  ${"localhost:3000"}      | ${true}  | ${"loopback by name"}
  ${"127.0.0.1:3000"}      | ${true}  | ${"loopback"}
  ${"127.1.2.3"}           | ${true}  | ${"all of 127/8"}
  ${"[::1]:3000"}          | ${true}  | ${"loopback, IPv6"}
  ${"weir.localhost:3000"} | ${true}  | ${"RFC 6761 6.3"}
  ${"Mesh.example.org"}    | ${true}  | ${"configured"}
  ${"evil.example:3000"}   | ${false} | ${"a name pointed at loopback"}
  ${"localhost.evil.com"}  | ${false} | ${"only looks like it"}
  ${"127.0.0.1.evil.com"}  | ${false} | ${"only looks like it"}
  ${"10.0.0.5:3000"}       | ${false} | ${"an address that was not configured"}
  ${null}                  | ${false} | ${"no Host"}
`("Host $host: $allowed, $why", ({ host, allowed }) => {
  expect(isAllowedHost(host, ["mesh.example.org"])).toBe(allowed);
});

test.each`
  headers                                                                                         | same     | why
  ${{ host: "localhost:3000", origin: "http://localhost:3000" }}                                  | ${true}  | ${"our page"}
  ${{ host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }} | ${true}  | ${"our page"}
  ${{ host: "localhost:3000" }}                                                                   | ${true}  | ${"no browser"}
  ${{ host: "localhost:3000", origin: "http://localhost:8080" }}                                  | ${false} | ${"another port"}
  ${{ host: "localhost:3000", origin: "http://evil.example" }}                                    | ${false} | ${"another site"}
  ${{ host: "localhost:3000", origin: "null" }}                                                   | ${false} | ${"a sandboxed page"}
  ${{ host: "localhost:3000", "sec-fetch-site": "cross-site" }}                                   | ${false} | ${"another site, without Origin"}
  ${{ host: "localhost:3000", "sec-fetch-site": "same-site" }}                                    | ${false} | ${"another port of this machine"}
`("$headers: $same, $why", ({ headers, same }) => {
  expect(isSameOrigin(new Headers(headers))).toBe(same);
});
