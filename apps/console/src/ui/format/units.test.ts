import { afterEach, expect, test, vi } from "vitest";
import { briefSeconds, formatBytes, formatNs, formatSeconds } from "./numbers.ts";
import { keepUnits } from "./units.ts";

afterEach(() => void vi.unstubAllGlobals());
const plain = (text: string) => text.replaceAll("\u202f", " ");

function browser() {
  const kept = new Map<string, string>();
  vi.stubGlobal("window", {
    localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) },
  });
}

test.each`
  format           | value             | ms                | auto
  ${formatSeconds} | ${0}              | ${"0 ms"}         | ${"0 ms"}
  ${formatSeconds} | ${0.000_84}       | ${"0.84 ms"}      | ${"840 µs"}
  ${formatSeconds} | ${0.000_002}      | ${"< 0.01 ms"}    | ${"2 µs"}
  ${formatSeconds} | ${0.012_38}       | ${"12.4 ms"}      | ${"12.4 ms"}
  ${formatSeconds} | ${1.254}          | ${"1,254 ms"}     | ${"1.25 s"}
  ${formatSeconds} | ${1_250}          | ${"1,250,000 ms"} | ${"20.8 min"}
  ${formatSeconds} | ${undefined}      | ${"–"}            | ${"–"}
  ${briefSeconds}  | ${0.008_34}       | ${"8.3 ms"}       | ${"8.3 ms"}
  ${briefSeconds}  | ${0.000_84}       | ${"0.84 ms"}      | ${"840 µs"}
  ${briefSeconds}  | ${12.54}          | ${"12,540 ms"}    | ${"13 s"}
  ${formatNs}      | ${2_500_000_000n} | ${"2,500 ms"}     | ${"2.5 s"}
`(
  "$format.name of $value is $ms where milliseconds are chosen, $auto otherwise",
  ({ format, value, ms, auto }) => {
    browser();
    expect(plain(format(value))).toBe(auto);
    keepUnits({ durations: "ms", bytes: "decimal" });
    expect(plain(format(value))).toBe(ms);
    keepUnits({ durations: "auto", bytes: "decimal" });
    expect(plain(format(value))).toBe(auto);
  },
);

test.each`
  bytes               | binary        | decimal
  ${812}              | ${"812 B"}    | ${"812 B"}
  ${1_010}            | ${"1010 B"}   | ${"1.01 kB"}
  ${14_540}           | ${"14.2 KiB"} | ${"14.5 kB"}
  ${512 * 1_024 ** 2} | ${"512 MiB"}  | ${"537 MB"}
  ${1_024 ** 3}       | ${"1 GiB"}    | ${"1.07 GB"}
`("$bytes bytes are $binary in powers of 1,024, $decimal otherwise", ({ bytes, binary, decimal }) => {
  browser();
  expect(plain(formatBytes(bytes))).toBe(decimal);
  keepUnits({ durations: "auto", bytes: "binary" });
  expect(plain(formatBytes(bytes))).toBe(binary);
});
