import type { Policy, RevisedPolicy } from "@weir/domain";
import { policyPatch } from "@weir/policy-text";
import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, withStore } from "./command-surroundings.ts";
import { readPolicyFor } from "./policy-file.ts";

/** What applying a file would change about one policy. */
interface PolicyDifference {
  readonly policy: string;
  /** In force; 0: there is none. */
  readonly revision: number;
  /** As `diff -u` has it; empty where nothing would change. */
  readonly diff: string;
}

/** `weir policy diff`: as `diff` does, it leaves with 1 where something differs. */
export function diffPolicyCommand(surroundings: CommandSurroundings): Command {
  return new Command("diff")
    .description("show what applying a file would change; leaves with 1 where something would")
    .requiredOption("-f, --file <file>", "YAML, one policy a document; - reads standard input")
    .action(async (options: CommonOptions & { file: string }) => {
      const differences = await withStore(surroundings, options, async (store) => {
        const { policies, warnings } = await readPolicyFor(store, options.file);
        for (const warning of warnings) surroundings.printError(`warning: ${warning}`);
        const live = (await store.listPolicies()).map((stored) => stored.policy);
        const liveOf = new Map(live.map((policy) => [`${policy.namespace}/${policy.name}`, policy]));
        return policies.map((policy) =>
          differenceOf(policy, liveOf.get(`${policy.namespace}/${policy.name}`)),
        );
      });
      const changed = differences.filter(({ diff }) => diff !== "");
      if (options.output === "json") surroundings.print(JSON.stringify(differences, null, 2));
      else if (changed.length > 0) surroundings.print(changed.map(({ diff }) => diff.trimEnd()).join("\n"));
      if (changed.length > 0)
        throw new CommandError(
          exitCodes.failed,
          `${changed.length} of ${differences.length} policies would change`,
        );
    });
}

function differenceOf(policy: Policy, live: RevisedPolicy | undefined): PolicyDifference {
  const name = `${policy.namespace}/${policy.name}`;
  return { policy: name, revision: live?.revision ?? 0, diff: policyPatch(live, policy) };
}
