import { Command } from "commander";
import { consoleFindings } from "../check/console-findings.ts";
import { directFindings } from "../check/direct-findings.ts";
import { diskFinding, memoryFinding, nodeFinding, portFindings } from "../check/machine-findings.ts";
import { portProblem as noPort, shiftedPorts, wellKnownPorts } from "../start/well-known-ports.mjs";
import { CommandError, exitCodes } from "./command-error.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  dataDirPath,
  runningStart,
} from "./command-surroundings.ts";
import { type ConsoleOptions, withConsoleOptions } from "./console-api.ts";
import type { Finding } from "./mesh-status.ts";
import { renderFindings } from "./render-findings.ts";

interface CheckOptions extends ConsoleOptions, Pick<CommonOptions, "dataDir" | "databaseUrl"> {
  readonly output: "text" | "json";
  readonly pre?: true;
  readonly port: string;
}

const help = `
Examples:
  weir check                          is the mesh well, and is it set up right?
  weir check --pre                    could Weir be started on this machine?
  weir check --pre --port 3100        with all ports moved
  weir check -o json | jq -r '.[] | select(.state == "failed") | .hint'

✔ well  ‼ should be looked at  ✖ wrong  ? not known, since something it needs is away
Exit codes: 0 nothing is wrong (there may be ‼); 1 something is; 2 wrong command line.`;

/** `weir check`: what is wrong with the mesh or with this machine, and what to do about it. */
export function checkCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("check")
    .description("check that all runs, is current and set up right, with hints; or a machine, before")
    .addHelpText("after", help)
    .option("--pre", "check whether this machine could run Weir, before it does")
    .option("--port <port>", "console port of the start that --pre is about", `${wellKnownPorts.console}`)
    .option("--data-dir <dir>", "data directory of the running Weir, or of the one to come")
    .option(
      "--database-url <url>",
      "its database, looked at when the console is away (default: DATABASE_URL)",
    )
    .action((options: CheckOptions) => check(surroundings, options));
  return withConsoleOptions(command, ["text", "json"]);
}

async function check(surroundings: CommandSurroundings, options: CheckOptions): Promise<void> {
  const findings = options.pre
    ? await beforeStart(surroundings, options)
    : await whileRunning(surroundings, options);
  surroundings.print(
    options.output === "json"
      ? JSON.stringify(findings, null, 2)
      : renderFindings(findings, surroundings.paint),
  );
  const wrong = findings.filter(({ state }) => state === "failed").length;
  if (wrong > 0) throw new CommandError(exitCodes.failed, `${wrong} of ${findings.length} checks failed`);
}

async function beforeStart(surroundings: CommandSurroundings, options: CheckOptions): Promise<Finding[]> {
  const problem = noPort(Number(options.port));
  if (problem !== undefined) throw new CommandError(exitCodes.usage, `--port ${problem}`);
  return [
    nodeFinding(process.versions.node),
    memoryFinding(process.availableMemory()),
    diskFinding(dataDirPath(surroundings.config, options)),
    ...(await portFindings(shiftedPorts(Number(options.port)))),
  ];
}

/** The console looks at most; where it is away, what can be looked at from here is. */
async function whileRunning(surroundings: CommandSurroundings, options: CheckOptions): Promise<Finding[]> {
  const { reachable, others } = await consoleFindings(surroundings, options, Date.now);
  const runsHere = runningStart(surroundings, options) !== undefined;
  return [
    reachable,
    ...(others ?? (await directFindings(surroundings, options))),
    ...(runsHere ? [diskFinding(dataDirPath(surroundings.config, options))] : []),
  ];
}
