import { constants } from "node:os";

/** What the `weir` command leaves with; `weir --help` lists them. */
export const exitCodes = {
  done: 0,
  /** It was tried and failed, or `weir check` found something wrong. */
  failed: 1,
  /** The command line is wrong; nothing was tried. */
  usage: 2,
  /** The database, or the running Weir, cannot be reached. */
  unreachable: 3,
  /** What was asked for is not acceptable: an invalid policy, an unknown service, an outdated revision. */
  refused: 4,
} as const;

/** A command that cannot be carried out. The message says what, where, and what to do. */
export class CommandError extends Error {
  readonly code = "COMMAND";
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** Ends a sentence with what is wrong: one problem on the same line, several on a line each. */
export function problemsText(problems: readonly string[]): string {
  return problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n  ${problem}`).join("");
}

/** Ctrl-C or SIGTERM: an end that was asked for. Its code is 128 and the signal's number, as shells have it. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`ended by ${signal}`);
    this.name = "Interrupted";
    this.exitCode = 128 + constants.signals[signal];
  }
}

const exitCodeOfCode: Readonly<Record<string, number>> = {
  DATABASE_UNREACHABLE: exitCodes.unreachable,
  ENFORCEMENT_REFUSED: exitCodes.refused,
  NOT_FOUND: exitCodes.refused,
  ROLLOUT_REFUSED: exitCodes.refused,
  STALE_REVISION: exitCodes.refused,
  VALIDATION: exitCodes.refused,
};

/** The exit code that an error of the store or the domain stands for, by its stable code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return exitCodeOfCode[code] ?? exitCodes.failed;
}
