/** What the user got wrong, said in one sentence. */
export class WrongUse extends Error {
  readonly code = "wrong-use";
}

/**
 * What `read` makes of the command line. Ends the process with 0 after the help that was asked for (undefined), and
 * with 2 after a sentence about what is wrong.
 */
export function readOptionsOrExit<T>(benchmark: string, usage: string, read: () => T | undefined): T {
  try {
    const options = read();
    if (options !== undefined) return options;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof WrongUse) && !isOfParser(error)) throw error;
    console.error(`bench ${benchmark}: ${error.message}`);
    process.exit(2);
  }
}

/** What parseArgs of node:util throws is a sentence for the user already. */
function isOfParser(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/** Names of a list separated by commas, each of them known. Throws {@link WrongUse}. */
export function listed(noun: string, text: string, known: readonly string[]): Set<string> {
  const names = text.split(",").filter(Boolean);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new WrongUse(`there is no ${noun} "${unknown}"; there are: ${known.join(", ")}`);
  if (names.length === 0) throw new WrongUse(`name at least one ${noun}: ${known.join(", ")}`);
  return new Set(names);
}

/** A whole number of at least `least`; thousands may be set apart by `_` or `,`. Throws {@link WrongUse}. */
export function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text.replaceAll(/[_,]/g, ""));
  if (Number.isInteger(value) && value >= least) return value;
  throw new WrongUse(`${flag} must be a whole number of ${least} or more, not "${text}"`);
}
