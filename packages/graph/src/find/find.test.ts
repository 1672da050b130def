import fc from "fast-check";
import { expect, test } from "vitest";
import { completeFind } from "./complete-find.ts";
import type { FindElement } from "./find-element.ts";
import { parseFind } from "./parse-find.ts";

const checkout: FindElement = {
  kind: "service",
  texts: { name: ["checkout"], ns: ["shop"], version: ["v1", "v2"], mode: ["enforce"], kind: ["service"] },
  numbers: { rps: 12, error: 0.02 },
};
const quiet: FindElement = { kind: "service", texts: { name: ["Cron Job"], ns: ["infra"] }, numbers: {} };
const edge: FindElement = {
  kind: "edge",
  texts: { source: ["checkout"], target: ["payments"], ns: ["shop", "bank"], protocol: ["grpc"] },
  numbers: { rps: 5, error: 0, p95: 0.25 },
};
const all = { checkout, quiet, edge };

test.each`
  text                                         | found
  ${"check"}                                   | ${["checkout"]}
  ${"CHECKOUT"}                                | ${["checkout"]}
  ${'"cron job"'}                              | ${["quiet"]}
  ${"error > 1%"}                              | ${["checkout"]}
  ${"error > 1"}                               | ${["checkout"]}
  ${"error >= 0%"}                             | ${["checkout", "edge"]}
  ${"not error > 1%"}                          | ${["quiet", "edge"]}
  ${"p95 > 200ms"}                             | ${["edge"]}
  ${"p95 > 0.3s"}                              | ${[]}
  ${"p95 = 250000us"}                          | ${["edge"]}
  ${"rps > 600rpm"}                            | ${["checkout"]}
  ${"ns = bank"}                               | ${["edge"]}
  ${"ns != shop"}                              | ${["quiet"]}
  ${"version = v2"}                            | ${["checkout"]}
  ${"version != v2"}                           | ${[]}
  ${"name ~ OUT"}                              | ${["checkout"]}
  ${"name !~ out"}                             | ${["quiet"]}
  ${"namespace = shop service = checkout"}     | ${["checkout"]}
  ${"ns = infra or protocol = grpc"}           | ${["quiet", "edge"]}
  ${"error > 1% and not (ns = shop)"}          | ${[]}
  ${"rps > 1 and (ns = bank or name ~ check)"} | ${["checkout", "edge"]}
  ${"ns = infra or ns = shop and rps > 10"}    | ${["checkout", "quiet"]}
  ${"not not ns = infra"}                      | ${["quiet"]}
  ${"!(ns = shop)"}                            | ${["quiet"]}
  ${'name = "Cron Job"'}                       | ${["quiet"]}
`("$text finds $found", ({ text, found }) => {
  const { matches, problem } = parseFind(text);
  expect(problem).toBeUndefined();
  expect(Object.entries(all).flatMap(([name, element]) => (matches?.(element) ? name : []))).toEqual(found);
});

test("a border belongs to >=, whatever the share, and is not beyond itself", () => {
  const share = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(share, fc.integer({ min: 1, max: 50 }), (percent, times) => {
      const element: FindElement = {
        kind: "edge",
        texts: {},
        numbers: { error: (percent * times) / (100 * times) },
      };
      expect(parseFind(`error >= ${percent}%`).matches?.(element)).toBe(true);
      expect(parseFind(`error > ${percent}%`).matches?.(element)).toBe(false);
    }),
  );
});

test.each`
  text              | place       | says
  ${"error >"}      | ${[7, 7]}   | ${/a value after > is missing at the end/}
  ${"error > fast"} | ${[8, 12]}  | ${/error takes a number, with % or without/}
  ${"p95 > 3h"}     | ${[6, 8]}   | ${/us or ms or s/}
  ${"eror > 1%"}    | ${[0, 4]}   | ${/eror is no field; there are name, ns/}
  ${"ns > shop"}    | ${[3, 4]}   | ${/> is for numbers; ns has = != ~ !~/}
  ${"rps ~ 1"}      | ${[4, 5]}   | ${/~ is for texts/}
  ${"(ns = a"}      | ${[0, 1]}   | ${/not closed/}
  ${"ns = a)"}      | ${[6, 7]}   | ${/closes nothing/}
  ${"ns = a and"}   | ${[10, 10]} | ${/is missing at the end/}
  ${"or ns = a"}    | ${[0, 2]}   | ${/a condition is missing before or/}
  ${"()"}           | ${[1, 2]}   | ${/a condition is missing before this \)/}
  ${"= 5"}          | ${[0, 1]}   | ${/a field is missing before =/}
  ${"error > > 1"}  | ${[8, 9]}   | ${/a value is missing after >/}
  ${'name = "a'}    | ${[7, 9]}   | ${/closing quote/}
`("$text is wrong at $place", ({ text, place, says }) => {
  const { matches, problem } = parseFind(text);
  expect(matches).toBeUndefined();
  expect([problem?.from, problem?.to]).toEqual(place);
  expect(problem?.message).toMatch(says);
});

test("nothing asks for nothing", () => {
  expect(parseFind("  ")).toEqual({ matches: undefined, problem: undefined });
});

test("whatever is written is read, or is wrong at a place in it", () => {
  const word = fc.constantFrom(
    "ns",
    "=",
    ">",
    "(",
    ")",
    "not",
    "and",
    "or",
    "error",
    "1%",
    '"',
    "a",
    "!",
    "~",
  );
  const written = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(word).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(written, (text) => {
      const { matches, problem } = parseFind(text);
      if (problem) {
        expect(problem.from).toBeLessThanOrEqual(problem.to);
        expect(problem.to).toBeLessThanOrEqual(text.length);
      }
      matches?.(checkout);
    }),
    { numRuns: 2_000 },
  );
});

test("parentheses without end are refused, not followed", () => {
  expect(parseFind("(".repeat(50_000)).problem?.message).toMatch(/more than 100/);
});

test.each`
  text             | offers
  ${""}            | ${["not", "name", "ns"]}
  ${"er"}          | ${["error"]}
  ${"error "}      | ${[">", "<", ">="]}
  ${"error > "}    | ${["1%", "5%"]}
  ${"ns = "}       | ${["shop", "two words"]}
  ${"ns = s"}      | ${["shop"]}
  ${"ns = shop "}  | ${["and", "or", "name"]}
  ${"ns = a and "} | ${["not", "name", "ns"]}
  ${"("}           | ${["not", "name", "ns"]}
  ${"nobody = "}   | ${[]}
`("after “$text” come $offers", ({ text, offers }) => {
  const found = completeFind(text, text.length, { ns: ["shop", "two words"] });
  expect(found.slice(0, 3).map(({ label }) => label)).toEqual(offers);
});

test("an offer takes the place of what is typed, in quotes where it must", () => {
  const [offer] = completeFind("ns = tw and rps > 1", 7, { ns: ["two words"] });
  expect(offer).toMatchObject({ from: 5, to: 7, insert: '"two words" ' });
});
