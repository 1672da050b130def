import { expect, test } from "vitest";
import { formatGrpcTimeout, parseGrpcTimeout } from "./grpc-timeout.ts";

test.each`
  value           | ms
  ${"1H"}         | ${3_600_000}
  ${"2M"}         | ${120_000}
  ${"3S"}         | ${3_000}
  ${"250m"}       | ${250}
  ${"1500u"}      | ${1.5}
  ${"1000000n"}   | ${1}
  ${"99999999S"}  | ${99_999_999_000}
  ${undefined}    | ${undefined}
  ${""}           | ${undefined}
  ${"100"}        | ${undefined}
  ${"-1S"}        | ${undefined}
  ${"999999999S"} | ${undefined}
  ${"1s"}         | ${undefined}
`("grpc-timeout $value is $ms ms", ({ value, ms }) => {
  expect(parseGrpcTimeout(value)).toBe(ms);
});

test.each`
  ms           | value
  ${0}         | ${"1n"}
  ${0.5}       | ${"500000n"}
  ${99}        | ${"99000000n"}
  ${100}       | ${"100000u"}
  ${5_000}     | ${"5000000u"}
  ${3_600_000} | ${"3600000m"}
  ${1e12}      | ${"16666666M"}
`("$ms ms is written as $value", ({ ms, value }) => {
  expect(formatGrpcTimeout(ms)).toBe(value);
});
