import { Command } from "commander";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { rolloutCommandCommands } from "./rollout-command.ts";
import { listRolloutsCommand } from "./rollout-list.ts";
import { replayRolloutCommand } from "./rollout-replay.ts";
import { showRolloutCommand } from "./rollout-show.ts";
import { startRolloutCommand } from "./rollout-start.ts";

const help = `
Examples:
  weir rollout start -f plan.yaml --reason "release 2.4"
  weir rollout list
  weir rollout show shop/payments
  weir rollout approve shop/payments --step 2 --reason "looked at the logs"
  weir rollout abort shop/payments --reason "the queue grows"`;

/** `weir rollout`: a version takes over from another, step by step, on evidence. */
export function rolloutCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("rollout")
    .description("bring a version to its service's requests, step by step, on evidence")
    .addHelpText("after", help)
    .addCommand(startRolloutCommand(surroundings))
    .addCommand(listRolloutsCommand(surroundings))
    .addCommand(showRolloutCommand(surroundings));
  for (const one of rolloutCommandCommands(surroundings)) command.addCommand(one);
  return command.addCommand(replayRolloutCommand(surroundings));
}
