import { parseOrThrow } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import { parseDocument } from "yaml";
import { CommandError, exitCodes } from "./command-error.ts";
import { readText } from "./policy-file.ts";

/**
 * The plan of a rollout that a file holds, `-` being standard input.
 * @throws CommandError for what is no YAML. @throws ValidationError with all that is wrong with the plan.
 */
export function readPlanFile(file: string): RolloutPlan {
  const name = file === "-" ? "standard input" : file;
  const document = parseDocument(readText(file, name));
  const [wrong] = document.errors;
  if (wrong !== undefined) throw new CommandError(exitCodes.refused, `${name} is no YAML: ${wrong.message}`);
  return parseOrThrow(RolloutPlan, document.toJS({ maxAliasCount: 100 }), name);
}
