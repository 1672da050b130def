import fc from "fast-check";
import { expect, test } from "vitest";
import { compareVersions } from "./compare-versions.ts";
import { Name, Version } from "./names.ts";

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
