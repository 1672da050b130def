import { whyOf } from "@weir/domain";
import type { StoredRollout } from "@weir/store";
import { Command } from "commander";
import { type CommandSurroundings, type CommonOptions, withStore } from "./command-surroundings.ts";
import { printable } from "./console-api.ts";
import { renderTable } from "./render-table.ts";
import { phaseWords, placeWords, rolloutJson, unreadableWords } from "./rollout-text.ts";
import { parseServiceRef } from "./service-ref.ts";

interface ListOptions extends CommonOptions {
  readonly all?: boolean;
  readonly service?: string;
}

const mostListed = 100;

/** `weir rollout list`. */
export function listRolloutsCommand(surroundings: CommandSurroundings): Command {
  return new Command("list")
    .description("list the rollouts that are not over")
    .option("--all", "those that are over, too: the last hundred")
    .option("--service <namespace/service>", "only of this one")
    .action(async (options: ListOptions) => {
      const service = options.service === undefined ? undefined : parseServiceRef(options.service);
      const running = options.all ? undefined : true;
      const { found: rollouts, unreadable } = await withStore(surroundings, options, (store) =>
        store.listRollouts({ service, running, limit: mostListed }),
      );
      for (const row of unreadable) surroundings.printError(`weir: ${unreadableWords(row)}`);
      if (options.output === "json")
        return surroundings.print(`[${rollouts.map((rollout) => rolloutJson(rollout)).join(",\n")}]`);
      if (rollouts.length + unreadable.length === 0)
        return surroundings.print(options.all ? "there was no rollout yet" : "no rollout is under way");
      surroundings.print(
        renderTable(["ID", "SERVICE", "VERSIONS", "PHASE", "WHERE", "WHY"], rollouts.map(rowOf)),
      );
    });
}

function rowOf(rollout: StoredRollout): string[] {
  const { id, plan, look } = rollout;
  return [
    String(id),
    `${plan.namespace}/${plan.targetRef}`,
    `${plan.baseline} to ${plan.canary}`,
    phaseWords(rollout),
    placeWords(rollout),
    printable(whyOf(look?.reason ?? "")),
  ];
}
