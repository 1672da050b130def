import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, withStore } from "./command-surroundings.ts";
import { newestRolloutOf } from "./rollout-ref.ts";
import { rolloutJson, rolloutText } from "./rollout-text.ts";

interface ShowOptions extends CommonOptions {
  readonly id?: string;
}

/** `weir rollout show`. */
export function showRolloutCommand(surroundings: CommandSurroundings): Command {
  return new Command("show")
    .description(
      "show a service's newest rollout: where it stands, on what evidence, and all that became of it",
    )
    .argument("<namespace/service>")
    .option("--id <number>", "an earlier one of it")
    .action(async (service: string, options: ShowOptions) => {
      await withStore(surroundings, options, async (store) => {
        const newest = await newestRolloutOf(store, service);
        const rollout = options.id === undefined ? newest : await store.getRollout(idOf(options.id));
        if (!rollout || `${rollout.plan.namespace}/${rollout.plan.targetRef}` !== service)
          throw new CommandError(exitCodes.refused, `${service} has no rollout ${options.id}`);
        const events = await store.rolloutEvents(rollout.id);
        surroundings.print(
          options.output === "json" ? rolloutJson(rollout, events) : rolloutText(rollout, events),
        );
      });
    });
}

function idOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(exitCodes.usage, `--id ${text} is no number of a rollout`);
}
