import { TRPCError } from "@trpc/server";
import { ValidationError } from "@weir/domain";
import { NotFound, StaleRevision } from "@weir/store";
import { expect, test } from "vitest";
import { problemOf, trpcCodeOf } from "./errors.ts";

const coded = (code: string) => Object.assign(new Error(`postgres://weir:secret@host: ${code}`), { code });
const finding = {
  code: "weights-sum",
  path: "backends",
  severity: "error",
  message: "must sum to 100",
  fix: "Change them.",
} as const;

test.each`
  cause                                        | code                       | told
  ${coded("ECONNREFUSED")}                     | ${"SERVICE_UNAVAILABLE"}   | ${"DATABASE_UNREACHABLE"}
  ${new Error("x", { cause: coded("57P03") })} | ${"SERVICE_UNAVAILABLE"}   | ${"DATABASE_UNREACHABLE"}
  ${coded("DATABASE_UNREACHABLE")}             | ${"SERVICE_UNAVAILABLE"}   | ${"DATABASE_UNREACHABLE"}
  ${new NotFound("no such service")}           | ${"NOT_FOUND"}             | ${"NOT_FOUND"}
  ${new ValidationError("policy", [finding])}  | ${"UNPROCESSABLE_CONTENT"} | ${"VALIDATION"}
  ${coded("42P01")}                            | ${"INTERNAL_SERVER_ERROR"} | ${"INTERNAL_SERVER_ERROR"}
  ${new Error("anything")}                     | ${"INTERNAL_SERVER_ERROR"} | ${"INTERNAL_SERVER_ERROR"}
`("$cause.message is $code", ({ cause, code, told }) => {
  expect(trpcCodeOf(cause)).toBe(code);
  const problem = problemOf(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }));
  expect(problem.code).toBe(told);
  expect(problem.message).not.toContain("secret");
});

test("a conflict is told as one", () => {
  expect(trpcCodeOf(Object.assign(new Error("newer"), { code: "STALE_REVISION" }))).toBe("CONFLICT");
  expect(StaleRevision.prototype).toBeInstanceOf(Error);
});

test("findings go to the browser whole", () => {
  const cause = new ValidationError("policy", [finding]);
  expect(problemOf(new TRPCError({ code: "UNPROCESSABLE_CONTENT", cause })).findings).toEqual([finding]);
});

test("a refusal of ours keeps its words", () => {
  const refusal = new TRPCError({ code: "FORBIDDEN", message: "from the console's own pages only" });
  expect(problemOf(refusal)).toMatchObject({
    code: "FORBIDDEN",
    message: "from the console's own pages only",
  });
});
