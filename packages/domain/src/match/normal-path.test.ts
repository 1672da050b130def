import fc from "fast-check";
import { expect, test } from "vitest";
import { normalPath } from "./normal-path.ts";

test.each`
  path              | normal          | why
  ${"/a/b"}         | ${"/a/b"}       | ${"nothing to do"}
  ${"/%61dmin"}     | ${"/admin"}     | ${"an escaped letter is the letter"}
  ${"/a%2Db%5F%7e"} | ${"/a-b_~"}     | ${"so are the other unreserved ones"}
  ${"/a%2Fb"}       | ${"/a%2Fb"}     | ${"an escaped slash may mean another thing"}
  ${"/a%20b"}       | ${"/a%20b"}     | ${"a blank is not unreserved"}
  ${"/public/../x"} | ${"/x"}         | ${"up"}
  ${"/%2e%2e/x"}    | ${"/x"}         | ${"up, escaped, and not beyond the root"}
  ${"/a/./b/."}     | ${"/a/b/"}      | ${"here"}
  ${"/a/b/.."}      | ${"/a/"}        | ${"up at the end"}
  ${"/a\\..\\b"}    | ${"/b"}         | ${"a backslash is read as a slash by some"}
  ${"/a//b"}        | ${"/a//b"}      | ${"repeated slashes stay"}
  ${"/a/...b/.c"}   | ${"/a/...b/.c"} | ${"dots in a name"}
  ${"/%"}           | ${"/%"}         | ${"a broken escape is taken as it is"}
  ${"*"}            | ${"*"}          | ${"no path"}
  ${""}             | ${""}           | ${"no HTTP"}
`("$path is $normal: $why", ({ path, normal }) => {
  expect(normalPath(path)).toBe(normal);
});

test("what comes out has no dot segment left and stays as it is", () => {
  const part = fc.constantFrom("/", "a", ".", "..", "%2e", "%2E", "\\", "%61", "%2f");
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const normal = normalPath(`/${parts.join("")}`);
      expect(normal.split("/")).not.toContain("..");
      expect(normalPath(normal)).toBe(normal);
    }),
  );
});
