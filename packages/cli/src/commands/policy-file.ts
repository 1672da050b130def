import { readFileSync } from "node:fs";
import type { Policy } from "@weir/domain";
import { type CheckedPolicy, checkPolicyText, type PlacedFinding, readPolicies } from "@weir/policy-text";
import type { ConfigStore } from "@weir/store";
import { CommandError, exitCodes, problemsText } from "./command-error.ts";

/** A file of policies, `-` being standard input. */
export interface PolicyFile {
  readonly policies: readonly Policy[];
  /** The revision that each of them was made from, in their order; undefined where the file says none. */
  readonly basedOn: readonly (number | undefined)[];
  /** What is odd about them, one line each: place, path and reason. */
  readonly warnings: readonly string[];
}

/**
 * Reads a file's policies without judging what they say of the mesh.
 * @throws CommandError with every error of it, each at its line; nothing of such a file is to be used.
 */
export function readPolicyFile(file: string): PolicyFile {
  return fileOf(file, readPolicies);
}

/** Reads and judges a file's policies, as they will stand beside those in force. @throws CommandError as above. */
export async function readPolicyFor(store: ConfigStore, file: string): Promise<PolicyFile> {
  const [services, stored] = await Promise.all([store.listServices(), store.listPolicies()]);
  const inForce = stored.map(({ policy }) => policy);
  return fileOf(file, (text) => checkPolicyText(text, services, inForce));
}

function fileOf(file: string, read: (text: string) => CheckedPolicy[]): PolicyFile {
  const name = file === "-" ? "standard input" : file;
  const checked = read(readText(file, name));
  if (checked.length === 0) throw new CommandError(exitCodes.refused, `${name} holds no policy`);
  const errors = linesOf(name, checked, "error");
  if (errors.length > 0) throw notAcceptable(errors);
  const readable = checked.flatMap(({ policy, basedOn }) => (policy ? [{ policy, basedOn }] : []));
  return {
    policies: readable.map(({ policy }) => policy),
    basedOn: readable.map(({ basedOn }) => basedOn),
    warnings: linesOf(name, checked, "warning"),
  };
}

const mostErrors = 50;

/** @param errors of the file, one line each. */
export function notAcceptable(errors: readonly string[]): CommandError {
  const more = errors.length - mostErrors;
  return new CommandError(
    exitCodes.refused,
    `nothing was done, for the file is not acceptable:${problemsText(errors.slice(0, mostErrors))}${
      more > 0 ? `\n  … and ${more} more` : ""
    }`,
  );
}

function linesOf(file: string, checked: readonly CheckedPolicy[], severity: PlacedFinding["severity"]) {
  return checked.flatMap(({ policy, findings }) =>
    findings
      .filter((finding) => finding.severity === severity && !finding.ignored)
      .map((finding) => findingLine(file, finding, policy && `${policy.namespace}/${policy.name}`)),
  );
}

/** What a line says of a finding; a line and column only where they are known. */
type TextFinding = Pick<PlacedFinding, "code" | "path" | "message" | "fix"> & {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
};

/** A finding in a line: place, policy, path, reason, what to do, and the code that `ignoreFindings` takes. */
export function findingLine(
  file: string,
  { line, column, code, path, message, fix }: TextFinding,
  policy?: string,
): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [place, policy, path, `${message}. ${fix} [${code}]`].filter(Boolean).join(": ");
}

/** Of a file, or of standard input. @throws CommandError for what cannot be read. */
export function readText(file: string, name: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new CommandError(exitCodes.failed, `cannot read ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
