import { Command } from "commander";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { openPlanFile } from "./plan-file.ts";
import { rolloutJson } from "./rollout-text.ts";

interface StartOptions extends CommonOptions {
  readonly file: string;
  readonly reason?: string;
}

/** `weir rollout start`. */
export function startRolloutCommand(surroundings: CommandSurroundings): Command {
  return new Command("start")
    .description("begin a rollout by the plan of a file: its first step's traffic is enforced at once")
    .requiredOption("-f, --file <file>", "the plan (YAML); - reads standard input")
    .option("--reason <text>", "stands in the audit")
    .action(async (options: StartOptions) => {
      const { plan, explain } = openPlanFile(options.file);
      await withStore(surroundings, options, async (store) => {
        const change = changeBy(surroundings, options.reason);
        const rollout = await store.startRollout(plan, change).catch((error: unknown) => {
          throw explain(error);
        });
        const [begun] = await store.rolloutEvents(rollout.id);
        surroundings.print(
          options.output === "json"
            ? rolloutJson(rollout)
            : `${plan.namespace}/${plan.targetRef}: rollout ${rollout.id}: ${begun?.reason}`,
        );
      });
    });
}
