import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
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
    .description("delete a policy, or those of a file; their revisions stay on record")
    .argument("[namespace/name]")
    .option("-f, --file <file>", "YAML, one policy a document; - reads standard input")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string | undefined, options: DeleteOptions) => {
      await withStore(surroundings, options, async (store) => {
        const refs =
          named(name, options) ?? readPolicyFile(options.file ?? "-", await store.listServices()).policies;
        const change = changeBy(surroundings, options.reason);
        for (const ref of refs) await store.deletePolicy(ref.namespace, ref.name, change);
        const deleted = refs.map((ref) => `${ref.namespace}/${ref.name}`);
        surroundings.print(
          options.output === "json"
            ? JSON.stringify({ deleted }, null, 2)
            : deleted.map((one) => `${one}: deleted`).join("\n"),
        );
      });
    });
}

/** The policy that the command line names; undefined where a file does. */
function named(name: string | undefined, { file }: DeleteOptions): ServiceRef[] | undefined {
  if ((name === undefined) === (file === undefined))
    throw new CommandError(exitCodes.usage, "name one policy as namespace/name, or a file with -f");
  return name === undefined ? undefined : [parseServiceRef(name, "policy")];
}
