import { readFileSync } from "node:fs";
import { Policy, parseOrThrow } from "@weir/domain";
import { parseAllDocuments } from "yaml";
import { CommandError, exitCodes } from "./command-error.ts";

/** The policies of a YAML file (one document each), `-` being standard input. Throws with file, place and reason. */
export function readPolicies(file: string): Policy[] {
  const name = file === "-" ? "standard input" : file;
  const documents = parseAllDocuments(readText(file, name));
  const policies = [...documents].map((document, index) => {
    const subject = documents.length > 1 ? `${name}, document ${index + 1}` : name;
    const [error] = document.errors;
    if (error)
      throw new CommandError(exitCodes.refused, `${subject} is not YAML: ${error.message.split("\n")[0]}`);
    return parseOrThrow(Policy, document.toJS(), subject);
  });
  if (policies.length === 0) throw new CommandError(exitCodes.refused, `${name} holds no policy`);
  return policies;
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new CommandError(exitCodes.failed, `cannot read ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
