import type { Change, ConfigStore } from "@weir/store";
import { Command } from "commander";
import { CommandError, exitCodeOf, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { readPolicyFile } from "./policy-file.ts";
import { parseServiceRef, type ServiceRef } from "./service-ref.ts";

interface DeleteOptions extends CommonOptions {
  readonly file?: string;
  readonly reason?: string;
}

/** `weir policy delete`. */
export function deletePolicyCommand(surroundings: CommandSurroundings): Command {
  return new Command("delete")
    .description("delete a policy, or all of a file or none; their revisions stay on record")
    .argument("[namespace/name]")
    .option("-f, --file <file>", "YAML, one policy a document; - reads standard input")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string | undefined, options: DeleteOptions) => {
      await withStore(surroundings, options, async (store) => {
        const refs = named(name, options) ?? readPolicyFile(options.file ?? "-").policies;
        const change = changeBy(surroundings, options.reason);
        await deleteAll(store, refs, change);
        const deleted = refs.map((ref) => `${ref.namespace}/${ref.name}`);
        surroundings.print(
          options.output === "json"
            ? JSON.stringify({ deleted }, null, 2)
            : deleted.map((one) => `${one}: deleted`).join("\n"),
        );
      });
    });
}

/** @throws CommandError where one is missing; then all of them are still there. */
async function deleteAll(store: ConfigStore, refs: readonly ServiceRef[], change: Change): Promise<void> {
  try {
    await store.deletePolicies(refs, change);
  } catch (error) {
    if (refs.length === 1 || exitCodeOf(error) !== exitCodes.refused) throw error;
    throw new CommandError(exitCodes.refused, `nothing was deleted: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The policy that the command line names; undefined where a file does. */
function named(name: string | undefined, { file }: DeleteOptions): ServiceRef[] | undefined {
  if ((name === undefined) === (file === undefined))
    throw new CommandError(exitCodes.usage, "name one policy as namespace/name, or a file with -f");
  return name === undefined ? undefined : [parseServiceRef(name, "policy")];
}
