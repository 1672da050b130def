import { type RevisedPolicy, validatePolicy } from "@weir/domain";
import { Command } from "commander";
import { stringify } from "yaml";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { readPolicies } from "./policy-file.ts";
import { parseServiceRef } from "./service-ref.ts";

interface FileOptions extends CommonOptions {
  readonly file: string;
  readonly reason?: string;
}

/** `weir policy`: apply, get and delete. */
export function policyCommand(surroundings: CommandSurroundings): Command {
  return new Command("policy")
    .description("write, read and delete policies")
    .addCommand(applyCommand(surroundings))
    .addCommand(getCommand(surroundings))
    .addCommand(deleteCommand(surroundings));
}

function applyCommand(surroundings: CommandSurroundings): Command {
  return new Command("apply")
    .description(
      "create or change the policies of a file; all of them are checked before the first is written",
    )
    .requiredOption("-f, --file <file>", "YAML, one policy a document; - reads standard input")
    .option("--reason <text>", "stands in the audit")
    .action(async (options: FileOptions) => {
      const policies = readPolicies(options.file);
      await withStore(surroundings, options, async (store) => {
        const services = await store.listServices();
        const findings = policies.flatMap((policy) =>
          validatePolicy(policy, services).map((finding) => ({
            ...finding,
            policy: `${policy.namespace}/${policy.name}`,
          })),
        );
        const errors = findings.filter(({ severity }) => severity === "error");
        if (errors.length > 0)
          throw new CommandError(
            exitCodes.refused,
            `nothing was written: ${errors.map((e) => `${e.policy}: ${e.path}: ${e.message}`).join("; ")}`,
          );
        for (const { policy, path, message } of findings)
          surroundings.printError(`warning: ${policy}: ${path}: ${message}`);
        const written: RevisedPolicy[] = [];
        for (const policy of policies)
          written.push(await store.putPolicy(policy, changeBy(surroundings, options.reason)));
        surroundings.print(
          options.output === "json"
            ? JSON.stringify(written, null, 2)
            : written.map((p) => `${p.namespace}/${p.name}: revision ${p.revision}`).join("\n"),
        );
      });
    });
}

function getCommand(surroundings: CommandSurroundings): Command {
  return new Command("get")
    .description("print policies as YAML that apply accepts")
    .argument("[namespace/name]", "only this one")
    .action(async (name: string | undefined, options: CommonOptions) => {
      const stored = await withStore(surroundings, options, async (store) => {
        if (name === undefined) return store.listPolicies();
        const ref = parseServiceRef(name);
        const policy = await store.getPolicy(ref.namespace, ref.name);
        if (!policy) throw new CommandError(exitCodes.refused, `there is no policy ${name}`);
        return [policy];
      });
      const policies = stored.map(({ policy }) => policy);
      surroundings.print(
        options.output === "json"
          ? JSON.stringify(policies, null, 2)
          : policies
              .map(({ revision, ...policy }) => `# revision ${revision}\n${stringify(policy)}`)
              .join("---\n")
              .trimEnd(),
      );
    });
}

function deleteCommand(surroundings: CommandSurroundings): Command {
  return new Command("delete")
    .description("delete a policy; its revisions stay on record")
    .argument("<namespace/name>")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string, options: CommonOptions & { reason?: string }) => {
      const ref = parseServiceRef(name);
      await withStore(surroundings, options, (store) =>
        store.deletePolicy(ref.namespace, ref.name, changeBy(surroundings, options.reason)),
      );
      surroundings.print(options.output === "json" ? JSON.stringify({ deleted: name }) : `${name}: deleted`);
    });
}
