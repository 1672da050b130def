import { Command } from "commander";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { replayRolloutCommand } from "./rollout-replay.ts";

/** `weir rollout`: a version takes over from another, step by step, on evidence. */
export function rolloutCommand(surroundings: CommandSurroundings): Command {
  return new Command("rollout")
    .description("bring a version to its service's requests, step by step, on evidence")
    .addCommand(replayRolloutCommand(surroundings));
}
