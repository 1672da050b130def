import { CommanderError } from "commander";
import { readConfig } from "../config.ts";
import { exitCodeOf, exitCodes } from "./command-error.ts";
import { createProgram } from "./program.ts";

/** Parses and runs one command; answers the exit code and never throws. */
export async function runCommand(args: string[]): Promise<number> {
  const program = createProgram(readConfig(), (text) => process.stdout.write(`${text}\n`));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    console.error(`weir: ${error instanceof Error ? error.message : String(error)}`);
    return exitCodeOf(error);
  }
}
