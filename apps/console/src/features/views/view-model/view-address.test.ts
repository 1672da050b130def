import { expect, test } from "vitest";
import { viewAddress } from "./view-address.ts";

test.each`
  pathname     | search                          | address
  ${"/"}       | ${""}                           | ${"/"}
  ${"/"}       | ${"?open=views"}                | ${"/"}
  ${"/traces"} | ${"?q=a+%3D+b&open=views&ns=x"} | ${"/traces?q=a+%3D+b&ns=x"}
`("$pathname$search is kept as $address", ({ pathname, search, address }) => {
  expect(viewAddress({ pathname, search })).toBe(address);
});
