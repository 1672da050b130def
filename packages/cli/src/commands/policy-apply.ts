import { Command, InvalidArgumentError } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { readPolicyFor } from "./policy-file.ts";
import { stalePolicies } from "./stale-policies.ts";

interface ApplyOptions extends CommonOptions {
  readonly file: string;
  readonly revision?: number;
  readonly over?: boolean;
  readonly reason?: string;
}

/** `weir policy apply`. */
export function applyPolicyCommand(surroundings: CommandSurroundings): Command {
  return new Command("apply")
    .description("create or change the policies of a file; all of them are written, or none")
    .requiredOption("-f, --file <file>", "YAML, one policy a document; - reads standard input")
    .option(
      "--revision <number>",
      'the revision that the file was made from (0: a new policy), refused when another is in force; absent: that of its comment "# revision 3", if it has one',
      parseRevision,
    )
    .option("--over", "write over whatever is in force, whatever the file was made from: to restore a copy")
    .option("--reason <text>", "stands in the audit")
    .action(async (options: ApplyOptions) => {
      await withStore(surroundings, options, async (store) => {
        const { policies, basedOn, warnings } = await readPolicyFor(store, options.file);
        if (options.revision !== undefined && policies.length > 1)
          throw new CommandError(exitCodes.usage, "--revision is about one policy; the file has several");
        if (options.over && options.revision !== undefined)
          throw new CommandError(exitCodes.usage, "--over and --revision exclude each other");
        for (const warning of warnings) surroundings.printError(`warning: ${warning}`);
        const based = policies.map((policy, at) => ({
          policy,
          basedOn: options.over ? undefined : (options.revision ?? basedOn[at]),
        }));
        const stale = await stalePolicies(store, based);
        if (stale.length > 0)
          throw new CommandError(
            exitCodes.refused,
            `nothing was written. ${stale.join("\n")}\nTake over what is in force (weir policy get), or write over it with --over.`,
          );
        const change = changeBy(surroundings, options.reason);
        const written = await store.putPolicies(
          based.map(({ policy, basedOn: expectedRevision }) => ({ policy, expectedRevision })),
          change,
        );
        surroundings.print(
          options.output === "json"
            ? JSON.stringify(written, null, 2)
            : written.map((p) => `${p.namespace}/${p.name}: revision ${p.revision}`).join("\n"),
        );
      });
    });
}

function parseRevision(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number, such as 3.");
}
