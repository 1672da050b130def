import { switchWords } from "@weir/domain";
import type { StoredEnforcement } from "@weir/store";
import { Argument, Command, InvalidArgumentError } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { printable } from "./console-api.ts";
import { enforcementJson, enforcementsTable, enforcementText } from "./enforcement-text.ts";

const mostListed = 100;

/** What becomes of switches that were turned: `weir enforce list`, `show`, `keep` and `take-back`. */
export function enforcementsCommands(surroundings: CommandSurroundings): Command[] {
  return [
    listCommand(surroundings),
    showCommand(surroundings),
    endCommand(surroundings, "keep", "end the guard's watch; what is enforced stays so"),
    endCommand(surroundings, "take-back", "set what is watched back to what it was before"),
  ];
}

function listCommand(surroundings: CommandSurroundings): Command {
  return new Command("list")
    .description("list what the guard watches, the newest first")
    .option("--all", "what is over or was never watched, too: the last hundred")
    .action(async (options: CommonOptions & { all?: boolean }) => {
      const phase = options.all ? undefined : "watching";
      const { found, unreadable } = await withStore(surroundings, options, (store) =>
        store.listEnforcements({ phase, limit: mostListed }),
      );
      for (const { id, subject, why } of unreadable)
        surroundings.printError(
          `weir: enforcement ${id} of ${subject} cannot be read by this release: ${printable(why)}`,
        );
      if (options.output === "json")
        return surroundings.print(`[${found.map((one) => enforcementJson(one)).join(",\n")}]`);
      if (found.length + unreadable.length === 0)
        return surroundings.print(options.all ? "nothing was enforced yet" : "the guard watches nothing");
      surroundings.print(enforcementsTable(found));
    });
}

function showCommand(surroundings: CommandSurroundings): Command {
  return new Command("show")
    .description("show one: what its guard has seen, and all that became of it")
    .addArgument(idArgument())
    .action(async (id: number, options: CommonOptions) => {
      await withStore(surroundings, options, async (store) => {
        const enforcement = await store.getEnforcement(id);
        if (!enforcement)
          throw new CommandError(
            exitCodes.refused,
            `there is no enforcement ${id}; see weir enforce list --all`,
          );
        const events = await store.enforcementEvents(id);
        surroundings.print(
          options.output === "json"
            ? enforcementJson(enforcement, events)
            : enforcementText(enforcement, events),
        );
      });
    });
}

/** What came of it is told by its newest event: where somebody has turned the switch since, the watch just ends. */
function endCommand(
  surroundings: CommandSurroundings,
  how: "keep" | "take-back",
  description: string,
): Command {
  return new Command(how)
    .description(description)
    .addArgument(idArgument())
    .option("--reason <text>", "stands in the audit and with the enforcement, for ever")
    .action(async (id: number, options: CommonOptions & { reason?: string }) => {
      await withStore(surroundings, options, async (store) => {
        const change = changeBy(surroundings, options.reason);
        const ended: StoredEnforcement = await (how === "keep"
          ? store.keepEnforcement(id, change)
          : store.takeBackEnforcement(id, change));
        const [newest] = await store.enforcementEvents(id);
        surroundings.print(
          options.output === "json"
            ? enforcementJson(ended)
            : `${switchWords(ended.at)}: ${printable(newest?.reason ?? ended.phase)}`,
        );
      });
    });
}

function idArgument(): Argument {
  return new Argument("<id>", "its number, as weir enforce list has it").argParser((text) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new InvalidArgumentError("Write its number, such as 7.");
  });
}
