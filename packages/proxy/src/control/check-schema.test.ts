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

test("a keyword it does not know is an error, for what is not checked would pass", () => {
  expect(() => compileSchema({ uniqueItems: true } as object)).toThrow(/uniqueItems/);
});
