import fc from "fast-check";
import { expect, test } from "vitest";
import { askNative } from "../testing/native-regex.ts";
import { RegexRefused } from "./parse-regex.ts";
import { compileSearch } from "./regex-search.ts";

test.each`
  pattern                      | text                          | masked              | why
  ${"4[0-9]{12}(?:[0-9]{3})?"} | ${"card 4111111111111111 ok"} | ${"card **** ok"}   | ${"the longest of two matches"}
  ${"4[0-9]{12}(?:[0-9]{3})?"} | ${"order 41111 ok"}           | ${"order 41111 ok"} | ${"too short for a match"}
  ${"[0-9]{3}"}                | ${"a1234b"}                   | ${"a****b"}         | ${"overlapping matches hide what each of them has"}
  ${"ab"}                      | ${"ababxab"}                  | ${"****x****"}      | ${"matches that touch are one run"}
  ${"a|abc"}                   | ${"xabcx"}                    | ${"x****x"}         | ${"the order of alternatives does not matter"}
  ${"a*?b"}                    | ${"xaab"}                     | ${"x****"}          | ${"lazy hides no less"}
  ${"x*"}                      | ${"axxb"}                     | ${"a****b"}         | ${"matches of nothing hide nothing"}
  ${"^sk_.*"}                  | ${"sk_live"}                  | ${"****"}           | ${"held to the start"}
  ${"^sk_.*"}                  | ${"my sk_live"}               | ${"my sk_live"}     | ${"held to the start"}
  ${"[a-z]+@x$"}               | ${"me@x you@x"}               | ${"me@x ****"}      | ${"held to the end"}
  ${"^[0-9]+$"}                | ${"12 34"}                    | ${"12 34"}          | ${"held to both"}
  ${"^[0-9]+$"}                | ${"1234"}                     | ${"****"}           | ${"held to both"}
  ${"b$"}                      | ${"abb"}                      | ${"ab****"}         | ${"only what ends at the end"}
  ${"secret"}                  | ${""}                         | ${""}               | ${"nothing to find"}
  ${"$"}                       | ${"ab"}                       | ${"ab"}             | ${"the end alone hides nothing"}
`("/$pattern/ makes '$text' '$masked': $why", ({ pattern, text, masked }) => {
  const search = compileSearch(pattern);
  expect(search.mask(text, "****")).toBe(masked);
  expect(search.found(text)).toBe(new RegExp(pattern).test(text));
});

const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: fc.constantFrom("a", "b", ".", "\\d", "[ab]", "[^a]", "\\w") },
    { weight: 2, arbitrary: tie("pattern").map((inner) => `(?:${inner})`) },
  ),
  pattern: fc
    .array(
      fc.array(
        fc
          .tuple(tie("atom"), fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}"))
          .map((part) => part.join("")),
        { maxLength: 3 },
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((options) => options.map((parts) => parts.join("")).join("|")),
}));

/** Every part of the text, tried one by one against JavaScript's engine. */
function maskSlowly(source: string, text: string): string {
  const whole = new RegExp(`^(?:${source})$`);
  const covered = new Set<number>();
  for (let from = 0; from < text.length; from++)
    for (let to = from + 1; to <= text.length; to++)
      if (whole.test(text.slice(from, to))) for (let i = from; i < to; i++) covered.add(i);
  return text
    .replaceAll(/./gs, (char, at: number) => (covered.has(at) ? "\0" : char))
    .replaceAll(/\0+/g, "*");
}

test("hides what some match has, and nothing else", () => {
  fc.assert(
    fc.property(
      pattern,
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "1", "-"), maxLength: 9 }), { maxLength: 4 }),
      (source, texts) => {
        fc.pre(source.length <= 60);
        const search = compileSearch(source);
        const native = askNative(() =>
          texts.map((text) => ({
            text,
            masked: maskSlowly(source, text),
            found: new RegExp(source).test(text),
          })),
        );
        fc.pre(native !== undefined);
        const own = texts.map((text) => ({
          text,
          masked: search.mask(text, "*"),
          found: search.found(text),
        }));
        expect(own).toEqual(native);
      },
    ),
    { numRuns: 1000 },
  );
});

test.each`
  source
  ${"(a*)*b"}
  ${"(.*)(.*)(.*)c"}
  ${"a|a*b"}
  ${"(?:[ab]*a[ab]{12})c"}
`("/$source/ costs what its text is long", ({ source }) => {
  const search = compileSearch(source);
  const spent = (text: string) => {
    const before = process.cpuUsage();
    search.mask(text, "*");
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  spent("ab".repeat(500));
  expect(spent(`${"ab".repeat(50_000)}c`)).toBeLessThan(5_000_000);
});

test("what the linear machine refuses is refused here too", () => {
  expect(() => compileSearch("(a)\\1")).toThrow(RegexRefused);
});
