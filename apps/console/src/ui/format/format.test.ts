import { expect, test } from "vitest";
import {
  briefRate,
  briefSeconds,
  formatBytes,
  formatCount,
  formatNs,
  formatRate,
  formatSeconds,
  formatShare,
  plural,
} from "./numbers.ts";
import { formatAgo } from "./times.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test.each`
  format           | value          | text
  ${formatRate}    | ${0}           | ${"0 rps"}
  ${formatRate}    | ${0.004}       | ${"< 0.01 rps"}
  ${formatRate}    | ${5.28}        | ${"5.28 rps"}
  ${formatRate}    | ${12.1}        | ${"12.1 rps"}
  ${formatRate}    | ${99.97}       | ${"100 rps"}
  ${formatRate}    | ${1234}        | ${"1234 rps"}
  ${formatRate}    | ${12_345}      | ${"12.3k rps"}
  ${formatRate}    | ${2_500_000}   | ${"2.5M rps"}
  ${formatRate}    | ${undefined}   | ${"–"}
  ${briefRate}     | ${5.28}        | ${"5.3 rps"}
  ${briefRate}     | ${9.97}        | ${"10 rps"}
  ${briefRate}     | ${23.5}        | ${"24 rps"}
  ${briefRate}     | ${12_345}      | ${"12.3k rps"}
  ${formatSeconds} | ${0}           | ${"0 ms"}
  ${formatSeconds} | ${0.000_84}    | ${"840 µs"}
  ${formatSeconds} | ${0.012_38}    | ${"12.4 ms"}
  ${formatSeconds} | ${0.999_8}     | ${"1 s"}
  ${formatSeconds} | ${1.254}       | ${"1.25 s"}
  ${formatSeconds} | ${125}         | ${"2.08 min"}
  ${formatSeconds} | ${undefined}   | ${"–"}
  ${briefSeconds}  | ${0.008_34}    | ${"8.3 ms"}
  ${briefSeconds}  | ${0.128}       | ${"128 ms"}
  ${briefSeconds}  | ${1.254}       | ${"1.3 s"}
  ${briefSeconds}  | ${0.000_84}    | ${"840 µs"}
  ${formatNs}      | ${82_000_000n} | ${"82 ms"}
  ${formatShare}   | ${0}           | ${"0 %"}
  ${formatShare}   | ${0.000_01}    | ${"< 0.01 %"}
  ${formatShare}   | ${0.0017}      | ${"0.17 %"}
  ${formatShare}   | ${0.013}       | ${"1.3 %"}
  ${formatShare}   | ${0.3}         | ${"30 %"}
  ${formatShare}   | ${0.994}       | ${"99 %"}
  ${formatShare}   | ${0.995_8}     | ${"99.6 %"}
  ${formatShare}   | ${0.999_9}     | ${"> 99.9 %"}
  ${formatShare}   | ${1}           | ${"100 %"}
  ${formatShare}   | ${undefined}   | ${"–"}
  ${formatCount}   | ${706}         | ${"706"}
  ${formatCount}   | ${12_480}      | ${"12,480"}
  ${formatCount}   | ${1_300_000}   | ${"1.3M"}
  ${formatBytes}   | ${812}         | ${"812 B"}
  ${formatBytes}   | ${14_210}      | ${"14.2 kB"}
`("$format.name of $value is $text", ({ format, value, text }) => {
  expect(plain(format(value))).toBe(text);
});

test.each`
  seconds   | text
  ${1}      | ${"just now"}
  ${42}     | ${"42 s ago"}
  ${119}    | ${"1 min ago"}
  ${7_300}  | ${"2 h ago"}
  ${90_000} | ${"1 d ago"}
  ${-5}     | ${"just now"}
`("$seconds s before now: $text", ({ seconds, text }) => {
  const now = 1_700_000_000_000;
  expect(formatAgo(now - seconds * 1_000, now)).toBe(text);
});

test("one is not many", () => {
  expect([plural(1, "request"), plural(0, "request"), plural(2, "entry", "entries")]).toEqual([
    "1 request",
    "0 requests",
    "2 entries",
  ]);
});
