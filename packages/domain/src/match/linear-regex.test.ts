import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askNative } from "../testing/native-regex.ts";
import { compileRegex, type RegexTest } from "./linear-regex.ts";
import { RegexRefused } from "./parse-regex.ts";

test.each`
  pattern                       | text            | met          | why
  ${"abc"}                      | ${"abc"}        | ${true}      | ${"literals"}
  ${"abc"}                      | ${"xabc"}       | ${false}     | ${"the whole value is met"}
  ${"abc"}                      | ${"abcx"}       | ${false}     | ${"the whole value is met"}
  ${"^abc$"}                    | ${"abc"}        | ${true}      | ${"anchors at the ends say nothing new"}
  ${"a\\$"}                     | ${"a$"}         | ${true}      | ${"an escaped dollar is a dollar"}
  ${"a\\\\$"}                   | ${"a\\"}        | ${true}      | ${"an escaped backslash, then the end"}
  ${"a|bc|"}                    | ${""}           | ${true}      | ${"an empty alternative"}
  ${"a|bc|"}                    | ${"bc"}         | ${true}      | ${"alternatives"}
  ${"(a|b)*c"}                  | ${"ababc"}      | ${true}      | ${"a group repeated"}
  ${"(?:ab)+"}                  | ${"ababa"}      | ${false}     | ${"a group repeated"}
  ${"a{2,3}"}                   | ${"a"}          | ${false}     | ${"at least"}
  ${"a{2,3}"}                   | ${"aaa"}        | ${true}      | ${"at most"}
  ${"a{2,3}"}                   | ${"aaaa"}       | ${false}     | ${"at most"}
  ${"a{2,}"}                    | ${"aaaaa"}      | ${true}      | ${"at least, no end"}
  ${"a{0}b"}                    | ${"b"}          | ${true}      | ${"never"}
  ${"[a-c_]+"}                  | ${"ab_c"}       | ${true}      | ${"a class"}
  ${"[^a-c]"}                   | ${"b"}          | ${false}     | ${"a class of others"}
  ${"[a-]"}                     | ${"-"}          | ${true}      | ${"a dash at the end of a class"}
  ${"[\\d-z]+"}                 | ${"1-z"}        | ${"refused"} | ${"a range that ends in a class"}
  ${"\\d+\\.\\w*\\s"}           | ${"12.a_ "}     | ${true}      | ${"named classes"}
  ${"\\D\\W\\S"}                | ${"a-b"}        | ${true}      | ${"their opposites"}
  ${"."}                        | ${"\n"}         | ${false}     | ${"a dot is no line terminator"}
  ${"\\x41\\u00e4"}             | ${"Aä"}         | ${true}      | ${"hexadecimal escapes"}
  ${"a+?b*?"}                   | ${"aab"}        | ${true}      | ${"lazy is the same for a whole value"}
  ${"/v[0-9]+/(?:cart|pay)/.*"} | ${"/v12/pay/x"} | ${true}      | ${"a path"}
`("/$pattern/ meets '$text': $met ($why)", ({ pattern, text, met }) => {
  if (met === "refused") expect(() => compileRegex(pattern)).toThrow(RegexRefused);
  else expect(compileRegex(pattern)(text)).toBe(met);
});

test.each`
  pattern                      | message
  ${"(a)\\1"}                  | ${"has a backreference, which cannot be matched in linear time, at character 4"}
  ${"\\k<a>"}                  | ${/backreference/}
  ${"a(?=b)"}                  | ${"has a lookahead, which cannot be matched in linear time, at character 2"}
  ${"a(?!b)"}                  | ${/lookahead/}
  ${"(?<=a)b"}                 | ${/lookbehind/}
  ${"(?<name>a)"}              | ${/kind of group/}
  ${"(?i)a"}                   | ${/kind of group/}
  ${"\\bword"}                 | ${/word boundary/}
  ${"\\p{L}"}                  | ${/the escape '\\p'/}
  ${"a^b"}                     | ${/'\^' that is not at its start/}
  ${"a$b"}                     | ${/'\$' that is not at its end/}
  ${"*a"}                      | ${/nothing to repeat/}
  ${"a**"}                     | ${/repeats a repetition/}
  ${"a{3,2}"}                  | ${/at least more often than at most/}
  ${"a{1001}"}                 | ${/more than 1000 times/}
  ${"a{x}"}                    | ${/starts no repetition/}
  ${"((a{100}){100})"}         | ${/needs more than 1000 states/}
  ${"((((){999}){999}){999})"} | ${/needs more than 1000 states/}
  ${"(a"}                      | ${"has a '(' that is never closed, at character 1"}
  ${"a)"}                      | ${/'\)' that closes nothing/}
  ${"[a"}                      | ${/'\[' that is never closed/}
  ${"[]"}                      | ${/class of no characters/}
  ${"[z-a]"}                   | ${/end comes before its start/}
  ${"a]"}                      | ${/']' that closes nothing/}
  ${"a\\"}                     | ${/lone/}
  ${"a".repeat(1001)}          | ${/longer than 1000/}
`("/$pattern/ is refused: $message", ({ pattern, message }) => {
  expect(() => compileRegex(pattern)).toThrow(message);
});

/**
 * Patterns over a small alphabet, as this and JavaScript's own engine read them alike. Groups nest twice at most:
 * repetitions of repetitions take JavaScript's engine exponentially long, which is why there is another one. Now and
 * then even these do.
 */
const pattern = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 2 },
    {
      weight: 5,
      arbitrary: fc.constantFrom("a", "b", "c", "-", "\\.", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S"),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom("[ab]", "[^a]", "[a-c1]", "[^\\d\\-]", "[\\w.]", "[^\\W]", "\\x61"),
    },
    { weight: 2, arbitrary: tie("node").map((inner) => `(?:${inner})`) },
    { weight: 1, arbitrary: tie("node").map((inner) => `(${inner})`) },
  ),
  node: fc
    .array(
      fc.array(
        fc
          .tuple(
            tie("atom"),
            fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{2,3}?"),
          )
          .map(([atom, times]) => atom + times),
        { maxLength: 3 },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((options) => options.map((parts) => parts.join("")).join("|")),
})).node;

describe("against JavaScript's own engine", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "c", "1", ".", "-", " ", "\n", "ä", "\u2028"),
    maxLength: 12,
  });

  test("meets what ^(?:…)$ meets, and nothing else", () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 5 }), (source, texts) => {
        fc.pre(source.length <= 60);
        const own = unlessTooLarge(source);
        fc.pre(own !== undefined);
        const native = askNative(() => texts.map((text) => new RegExp(`^(?:${source})$`).test(text)));
        fc.pre(native !== undefined);
        expect(texts.map(own)).toEqual(native);
      }),
      { numRuns: 2000 },
    );
  });

  test("classes hold the same characters, all of them", () => {
    for (const source of [".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "[^\\s\\d]", "[\\u0100-\\u2fff]"]) {
      const own = compileRegex(source);
      const native = new RegExp(`^${source}$`);
      for (let code = 0; code <= 0xffff; code++) {
        const char = String.fromCharCode(code);
        if (own(char) !== native.test(char)) expect.fail(`${source} differs at ${code.toString(16)}`);
      }
    }
  });
});

/** What the pattern generator makes may be repeated too often; nothing else about it may be refused. */
function unlessTooLarge(source: string): RegexTest | undefined {
  try {
    return compileRegex(source);
  } catch (error) {
    if (error instanceof RegexRefused && error.message.includes("states")) return undefined;
    throw error;
  }
}

/** A backtracking engine would not come back from these texts of 100,000 characters, so the bound is generous. */
test.each`
  source
  ${"(a*)*b"}
  ${"(a|a)*b"}
  ${"(?:a?){50}a{50}b"}
  ${"(.*)(.*)(.*)(.*)c"}
  ${"(?:[ab]*a[ab]{12})c"}
  ${"(?:(?:a+)+)+x"}
`("/$source/ costs what its text is long", ({ source }) => {
  const meets = compileRegex(source);
  const spent = (length: number) => {
    const text = "ab".repeat(length / 2);
    const before = process.cpuUsage();
    expect(meets(text)).toBe(false);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  spent(1000);
  expect(spent(100_000)).toBeLessThan(5_000_000);
});

test("memory stays bounded however many sets of states a text leads to", () => {
  const meets = compileRegex("(?:[ab]*a[ab]{14})c?");
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const native = /^(?:[ab]*a[ab]{14})c?$/;
  for (let i = 0; i < 200; i++) {
    const text = Array.from({ length: 100 }, () => (random() < 0.5 ? "a" : "b")).join("");
    expect(meets(text)).toBe(native.test(text));
  }
});
