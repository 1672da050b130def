import { CommanderError } from "commander";
import type { CliConfig } from "../config.ts";
import { exitCodeOf, exitCodes, Interrupted } from "./command-error.ts";
import type { CommandOutput } from "./command-output.ts";
import { printableLines } from "./console-api.ts";
import { createProgram } from "./program.ts";

/** Parses and runs one command; answers the exit code and never throws. */
export async function runCommand(args: string[], config: CliConfig, output: CommandOutput): Promise<number> {
  try {
    await createProgram({ ...plain, config, ...output }).parseAsync(args, { from: "user" });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Interrupted) return error.exitCode;
    output.printError(`weir: ${printableLines(error instanceof Error ? error.message : String(error))}`);
    return exitCodeOf(error);
  }
}

const plain = {
  terminal: undefined,
  paint: (_tone: unknown, text: string) => text,
  drained: async () => {},
  untilInterrupted: () => new AbortController().signal,
};
