import { Command, Option } from "commander";
import { canaryCommand } from "./canary.ts";
import { checkCommand } from "./check.ts";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { enforceCommand } from "./enforce.ts";
import { graphCommand } from "./graph.ts";
import { modeCommand } from "./mode.ts";
import { policyCommand } from "./policy.ts";
import { rolloutCommand } from "./rollout.ts";
import { statusCommand } from "./status.ts";
import { tapCommand } from "./tap.ts";
import { topCommand } from "./top.ts";
import { tracesCommand } from "./traces.ts";
import { webhookCommand } from "./webhook.ts";

const exitCodesHelp = `
Exit codes: 0 done; 1 failed, the console does not answer, or check found something wrong; 2 wrong command line;
3 the database or the running Weir cannot be reached; 4 refused (invalid policy, unknown service, outdated revision);
130 or 143 ended by Ctrl-C or SIGTERM.`;

/** The `weir` command with all its parts. An error of parsing is thrown, never an exit. */
export function createProgram(surroundings: CommandSurroundings): Command {
  const program = new Command("weir")
    .description("Watches and steers the traffic between services.")
    .addHelpText("after", exitCodesHelp)
    .enablePositionalOptions() // so that -o after "traces show" is that of show
    .showSuggestionAfterError();
  const proxy = new Command("proxy")
    .description("run one sidecar")
    .requiredOption("--config <file>", "its configuration (YAML)")
    .option("--workers <n>", "threads that serve requests, 1 to 64", "1");
  const commands = [
    proxy,
    ...[
      statusCommand,
      graphCommand,
      tracesCommand,
      tapCommand,
      topCommand,
      modeCommand,
      enforceCommand,
      policyCommand,
      canaryCommand,
      rolloutCommand,
      webhookCommand,
      checkCommand,
    ].map((make) => make(surroundings)),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => surroundings.print(text.trimEnd()),
      writeErr: (text) => surroundings.printError(text.trimEnd()),
    });
    const asksConsole = command.options.some(({ long }) => long === "--console");
    const onlyGroups = command.commands.length > 0 && command.registeredArguments.length === 0;
    if (onlyGroups || command === proxy || asksConsole) continue;
    command
      .addOption(
        new Option("-o, --output <format>", "how to print").choices(["text", "json"]).default("text"),
      )
      .option("--data-dir <dir>", "data directory of the running Weir to talk to")
      .option("--database-url <url>", "its database (default: DATABASE_URL, then that of the running Weir)");
  }
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
