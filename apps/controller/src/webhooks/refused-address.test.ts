import { expect, test } from "vitest";
import { refusedAddress } from "./refused-address.ts";

test.each`
  address                     | why
  ${"169.254.169.254"}        | ${/link-local/}
  ${"169.254.0.1"}            | ${/link-local/}
  ${"::ffff:169.254.169.254"} | ${/link-local/}
  ${"::ffff:a9fe:a9fe"}       | ${/link-local/}
  ${"64:ff9b::a9fe:a9fe"}     | ${/link-local/}
  ${"2002:a9fe:a9fe::1"}      | ${/link-local/}
  ${"fe80::1"}                | ${/link-local/}
  ${"febf::1"}                | ${/link-local/}
  ${"fd00:ec2::254"}          | ${/reserved/}
  ${"100.100.100.200"}        | ${/reserved/}
  ${"239.1.1.1"}              | ${/reserved/}
  ${"127.0.0.1"}              | ${/own machine/}
  ${"127.9.9.9"}              | ${/own machine/}
  ${"::1"}                    | ${/own machine/}
  ${"::ffff:127.0.0.1"}       | ${/own machine/}
  ${"0.0.0.0"}                | ${/own machine/}
  ${"::"}                     | ${/own machine/}
  ${"64:ff9b::7f00:1"}        | ${/own machine/}
  ${"10.0.0.7"}               | ${undefined}
  ${"172.16.3.4"}             | ${undefined}
  ${"192.168.1.1"}            | ${undefined}
  ${"fd12:3456::1"}           | ${undefined}
  ${"fec0::1"}                | ${undefined}
  ${"203.0.113.9"}            | ${undefined}
  ${"2001:db8::1"}            | ${undefined}
  ${"hooks.slack.com"}        | ${undefined}
`("$address: $why", ({ address, why }) => {
  const refused = refusedAddress(address, { loopback: false });
  if (why === undefined) expect(refused).toBeUndefined();
  else expect(refused).toMatch(why);
});

test("the controller's own machine may be allowed, and what is nobody's may not", () => {
  expect(refusedAddress("127.0.0.1", { loopback: true })).toBeUndefined();
  expect(refusedAddress("::1", { loopback: true })).toBeUndefined();
  expect(refusedAddress("169.254.169.254", { loopback: true })).toMatch(/link-local/);
});
