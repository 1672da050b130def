import { expect, test } from "vitest";
import { maskedAddress } from "./masked-address.ts";

test.each`
  url                                                | masked
  ${"https://hooks.slack.com/services/T0/B0/s3cret"} | ${"https://hooks.slack.com/…cret"}
  ${"https://ops.example:8443/weir"}                 | ${"https://ops.example:8443/…"}
  ${"https://ops.example"}                           | ${"https://ops.example"}
  ${"https://ops.example/?token=0123456789abcdef"}   | ${"https://ops.example/…cdef"}
  ${"http://ops.example/#0123456789abcdef"}          | ${"http://ops.example/…cdef"}
  ${"not an address"}                                | ${"…"}
`("$url is shown as $masked", ({ url, masked }) => {
  expect(maskedAddress(url)).toBe(masked);
});
