import { CommanderError } from "commander";
import type { CliConfig } from "../config.ts";
import { exitCodeOf, exitCodes } from "./command-error.ts";
import { createProgram } from "./program.ts";

/** Where a command writes, a line a call. */
export interface CommandOutput {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** Parses and runs one command; answers the exit code and never throws. */
export async function runCommand(args: string[], config: CliConfig, output: CommandOutput): Promise<number> {
  try {
    await createProgram({ config, ...output }).parseAsync(args, { from: "user" });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    output.printError(`weir: ${error instanceof Error ? error.message : String(error)}`);
    return exitCodeOf(error);
  }
}
