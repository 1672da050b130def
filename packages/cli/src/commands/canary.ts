import { Policy, parseOrThrow } from "@weir/domain";
import type { ConfigStore } from "@weir/store";
import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { parseServiceRef, type ServiceRef } from "./service-ref.ts";

/** `weir canary`: the shares of a service's versions, and which of them is the stable one. */
export function canaryCommand(surroundings: CommandSurroundings): Command {
  return new Command("canary")
    .description("set the shares of a service's versions, or its stable one")
    .addCommand(setCommand(surroundings))
    .addCommand(stableCommand(surroundings));
}

function setCommand(surroundings: CommandSurroundings): Command {
  return new Command("set")
    .description("set the share of each version, such as: weir canary set shop/payments v1=70 v2=30")
    .argument("<namespace/service>")
    .argument("<version=weight...>", "whole per cent, summing to 100")
    .option("--reason <text>", "stands in the audit")
    .action(async (service: string, shares: string[], options: CommonOptions & { reason?: string }) => {
      const ref = parseServiceRef(service);
      const backends = shares.map(parseShare);
      const policy = await withStore(surroundings, options, async (store) => {
        const wanted = { ...(await currentCanary(store, ref)), backends };
        const canary = parseOrThrow(Policy, wanted, `canary for ${service}`);
        return store.putPolicy(canary, changeBy(surroundings, options.reason));
      });
      surroundings.print(
        options.output === "json"
          ? JSON.stringify(policy, null, 2)
          : `${service}: ${shares.join(" ")} (policy ${policy.namespace}/${policy.name}, revision ${policy.revision})`,
      );
    });
}

/** What nobody steers goes to the stable version: all requests in observe, those of no policy in enforce. */
function stableCommand(surroundings: CommandSurroundings): Command {
  return new Command("stable")
    .description(
      "set the version that takes what no policy steers, such as: weir canary stable shop/payments v2",
    )
    .argument("<namespace/service>")
    .argument("<version>")
    .option("--reason <text>", "stands in the audit")
    .action(async (service: string, version: string, options: CommonOptions & { reason?: string }) => {
      const { namespace, name } = parseServiceRef(service);
      await withStore(surroundings, options, async (store) => {
        const known = (await store.listServices()).map((known) => `${known.namespace}/${known.name}`);
        if (!known.includes(service))
          throw new CommandError(
            exitCodes.refused,
            `there is no service ${service}; there is ${known.join(", ") || "none yet"}`,
          );
        await store.setStableVersion(namespace, name, version, changeBy(surroundings, options.reason));
      });
      surroundings.print(
        options.output === "json"
          ? JSON.stringify({ namespace, name, stableVersion: version }, null, 2)
          : `${service}: stable version ${version}`,
      );
    });
}

/** The service's canary as it is, so that only its weights change; a new one where there is none. */
async function currentCanary(store: ConfigStore, { namespace, name }: ServiceRef): Promise<object> {
  const stored = (await store.listPolicies()).find(
    ({ policy }) => policy.kind === "canary" && policy.namespace === namespace && policy.targetRef === name,
  );
  if (!stored) return { kind: "canary", name: `${name}-canary`, namespace, targetRef: name };
  const { revision: _, ...policy } = stored.policy;
  return policy;
}

function parseShare(text: string): { version: string; weight: number } {
  const match = /^(.+)=(\d{1,3})$/.exec(text);
  if (match?.[1]) return { version: match[1], weight: Number(match[2]) };
  throw new CommandError(exitCodes.usage, `"${text}" is not a share; write version=weight, such as v2=30`);
}
