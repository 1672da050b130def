import { expect, test } from "vitest";
import { compileSchema } from "./check-schema.ts";

const thing = {
  type: "object",
  properties: {
    name: { type: "string", pattern: "^[a-z]+$", maxLength: 5 },
    weight: { type: "integer", minimum: 0, maximum: 100 },
    tags: { type: "array", items: { type: "string" }, minItems: 1 },
    kind: { enum: ["a", "b"] },
    of: {
      anyOf: [
        {
          type: "object",
          properties: { exact: { type: "string" } },
          required: ["exact"],
          additionalProperties: false,
        },
        { type: "boolean" },
      ],
    },
  },
  required: ["name"],
  additionalProperties: false,
};

test.each`
  value                                 | problem
  ${{ name: "abc" }}                    | ${undefined}
  ${{ name: "abc", of: true }}          | ${undefined}
  ${{ name: "abc", of: { exact: "" } }} | ${undefined}
  ${{ name: "abc", of: { exact: 1 } }}  | ${"it.of.exact: must be of type string"}
  ${{ name: "abc", of: 1 }}             | ${/it\.of: /}
  ${{}}                                 | ${"it.name: is missing"}
  ${{ name: "abc", more: 1 }}           | ${"it.more: is not known here"}
  ${{ name: "ABC" }}                    | ${"it.name: is not of the form it must have"}
  ${{ name: "abcdef" }}                 | ${/it\.name: length must be/}
  ${{ name: "abc", weight: 101 }}       | ${/it\.weight: value must be/}
  ${{ name: "abc", weight: 1.5 }}       | ${"it.weight: must be of type integer"}
  ${{ name: "abc", tags: [] }}          | ${"it.tags: needs at least 1"}
  ${{ name: "abc", tags: ["a", 1] }}    | ${"it.tags[1]: must be of type string"}
  ${{ name: "abc", kind: "c" }}         | ${"it.kind: must be one of a, b"}
  ${[]}                                 | ${"it: must be of type object"}
  ${null}                               | ${"it: must be of type object"}
`("$value: $problem", ({ value, problem }) => {
  const found = compileSchema(thing)(value, "it");
  if (problem instanceof RegExp) expect(found).toMatch(problem);
  else expect(found).toBe(problem);
});

const kindOf = (kind: string, properties: object) => ({
  type: "object",
  properties: { kind: { type: "string", const: kind }, ...properties },
  required: ["kind", ...Object.keys(properties)],
  additionalProperties: false,
});
const policy = {
  oneOf: [
    kindOf("split", {
      of: {
        anyOf: [
          { type: "integer", minimum: 1 },
          { type: "array", items: { type: "string" } },
        ],
      },
    }),
    kindOf("limit", { longerNamed: { type: "number", maximum: 5 } }),
  ],
};

test.each`
  value                                  | problem                                   | why
  ${{ kind: "split", of: 2 }}            | ${undefined}                              | ${"it fits"}
  ${{ kind: "split", of: ["a"] }}        | ${undefined}                              | ${"a union inside"}
  ${{ kind: "split" }}                   | ${"it.of: is missing"}                    | ${"the kind's own, not the other's longer name"}
  ${{ kind: "split", of: [1] }}          | ${"it.of[0]: must be of type string"}     | ${"the alternative that got furthest"}
  ${{ kind: "limit", longerNamed: 5.5 }} | ${/it\.longerNamed: value must be/}       | ${"a number with a fraction"}
  ${{ kind: "wish", of: 1 }}             | ${"it.kind: must be one of split, limit"} | ${"no such kind"}
  ${{ of: 1 }}                           | ${"it.kind: must be one of split, limit"} | ${"no kind"}
  ${"split"}                             | ${"it: must be of type object"}           | ${"no object"}
`("alternatives told apart by a constant: $value is $problem, for $why", ({ value, problem }) => {
  const found = compileSchema(policy)(value, "it");
  if (problem instanceof RegExp) expect(found).toMatch(problem);
  else expect(found).toBe(problem);
});

test("a keyword it does not know is an error, for what is not checked would pass", () => {
  expect(() => compileSchema({ uniqueItems: true } as object)).toThrow(/uniqueItems/);
});
