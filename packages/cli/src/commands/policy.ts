import { writePolicyText } from "@weir/policy-text";
import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, withStore } from "./command-surroundings.ts";
import { applyPolicyCommand } from "./policy-apply.ts";
import { deletePolicyCommand } from "./policy-delete.ts";
import { diffPolicyCommand } from "./policy-diff.ts";
import { previewPolicyCommand } from "./policy-preview.ts";
import { parseServiceRef } from "./service-ref.ts";

/** `weir policy`: apply, get, diff, preview and delete. */
export function policyCommand(surroundings: CommandSurroundings): Command {
  return new Command("policy")
    .description("write, read, compare, try out and delete policies")
    .addCommand(applyPolicyCommand(surroundings))
    .addCommand(getCommand(surroundings))
    .addCommand(diffPolicyCommand(surroundings))
    .addCommand(previewPolicyCommand(surroundings))
    .addCommand(deletePolicyCommand(surroundings));
}

function getCommand(surroundings: CommandSurroundings): Command {
  return new Command("get")
    .description("print policies as YAML that apply accepts")
    .argument("[namespace/name]", "only this one")
    .action(async (name: string | undefined, options: CommonOptions) => {
      const stored = await withStore(surroundings, options, async (store) => {
        if (name === undefined) return store.listPolicies();
        const ref = parseServiceRef(name, "policy");
        const policy = await store.getPolicy(ref.namespace, ref.name);
        if (!policy) throw new CommandError(exitCodes.refused, `there is no policy ${name}`);
        return [policy];
      });
      const policies = stored.map(({ policy }) => policy);
      surroundings.print(
        options.output === "json"
          ? JSON.stringify(policies, null, 2)
          : policies
              .map((policy) => `# revision ${policy.revision}\n${writePolicyText(policy)}`)
              .join("---\n")
              .trimEnd(),
      );
    });
}
