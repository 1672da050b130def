import { expect, test } from "vitest";
import { z } from "zod";
import { findingsOf, formatPath, parseOrThrow, ValidationError } from "./validation-error.ts";

test.each`
  path                                 | text
  ${[]}                                | ${""}
  ${["name"]}                          | ${"name"}
  ${["rules", 0, "name"]}              | ${"rules[0].name"}
  ${["rules", 0, "match", 12, "path"]} | ${"rules[0].match[12].path"}
  ${[3, "version"]}                    | ${"[3].version"}
  ${["matrix", 1, 2]}                  | ${"matrix[1][2]"}
`("$path reads $text", ({ path, text }) => {
  expect(formatPath(path)).toBe(text);
});

const Shape = z.strictObject({
  size: z.int("must be whole"),
  inner: z.strictObject({ on: z.boolean() }).optional(),
});

test("what fits comes back parsed", () => {
  expect(parseOrThrow(Shape, { size: 3 }, "shape")).toEqual({ size: 3 });
});

test("what doesn't is thrown with a stable code, the subject, and every path with its reason", () => {
  let thrown: unknown;
  try {
    parseOrThrow(Shape, { size: 1.5, inner: { on: true, dim: 1 }, a: 1, b: 2 }, "shape s");
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ValidationError);
  const error = thrown as ValidationError;
  expect(error.code).toBe("VALIDATION");
  expect(error.findings.map((f) => f.path)).toEqual(["size", "inner.dim", "a", "b"]);
  expect(error.message).toMatch(/^shape s: size: must be whole; inner\.dim: .*; a: .*; b: /);
});

test("a finding about the object as a whole stands without a path", () => {
  expect(new ValidationError("shape", [finding("", "is missing")]).message).toBe("shape: is missing");
});

test("a refinement names its own code, others keep zod's", () => {
  const schema = z.number().superRefine((_, context) => {
    context.addIssue({ code: "custom", params: { code: "too-odd" }, message: "odd" });
    context.addIssue({ code: "custom", message: "plain" });
  });
  expect(findingsOf(schema.safeParse(1).error!).map((f) => f.code)).toEqual(["too-odd", "custom"]);
});

function finding(path: string, message: string) {
  return { code: "c", path, severity: "error", message, fix: "Do." } as const;
}

test("a member that is not there is called missing, one of another type is not", () => {
  const schema = z.object({ name: z.string() });
  const [missing] = findingsOf(schema.safeParse({}).error!);
  expect(missing).toMatchObject({
    path: "name",
    message: "is missing",
    fix: "Give it a value of type string.",
  });
  const [wrong] = findingsOf(schema.safeParse({ name: 1 }).error!);
  expect(wrong?.message).toContain("received number");
});
