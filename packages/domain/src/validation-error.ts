import type { z } from "zod";
import { type Finding, findingOf } from "./finding/finding.ts";
import { fixOf } from "./finding/finding-catalogue.ts";

/** Input that cannot be accepted. `findings` is never empty and every entry names a path and a reason. */
export class ValidationError extends Error {
  readonly code = "VALIDATION";
  readonly findings: readonly Finding[];

  constructor(subject: string, findings: readonly Finding[]) {
    super(`${subject}: ${findings.map((f) => (f.path ? `${f.path}: ${f.message}` : f.message)).join("; ")}`);
    this.name = "ValidationError";
    this.findings = findings;
  }
}

/** Renders `["rules", 0, "name"]` as `rules[0].name`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, "");
}

/** A zod failure as findings, one for each unknown key; a refinement may name its own code in `params.code`, and what to do in `params.fix`. */
export function findingsOf(error: z.ZodError): Finding[] {
  return error.issues.flatMap((issue): Finding[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) =>
        findingOf(issue.code, formatPath([...issue.path, key]), "is not known here"),
      );
    const own = issue.code === "custom" ? issue.params : undefined;
    const code = typeof own?.code === "string" ? own.code : issue.code;
    const path = formatPath(issue.path);
    if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
      return [
        {
          ...{ code, path, severity: "error", message: "is missing" },
          fix: `Give it a value of type ${issue.expected}.`,
        },
      ];
    return [
      {
        code,
        path,
        severity: "error",
        message: issue.message,
        fix: typeof own?.fix === "string" ? own.fix : fixOf(code),
      },
    ];
  });
}

/** Parses `input`, or throws a {@link ValidationError} that says what is wrong and where. */
export function parseOrThrow<T>(schema: z.ZodType<T>, input: unknown, subject: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ValidationError(subject, findingsOf(result.error));
}
