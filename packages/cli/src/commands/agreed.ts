import { createInterface } from "node:readline/promises";
import { CommandError, exitCodes } from "./command-error.ts";

/** What somebody has to agree to. */
export interface Agreement {
  /** What will happen, a sentence. */
  readonly what: string;
  /** The same as an activity: `promoting`. */
  readonly doing: string;
  /** What else could be done, a sentence. */
  readonly hint?: string;
}

/** Goes on where somebody agrees. @throws CommandError where nobody does, or can be asked. */
export async function agreed(
  { yes }: { readonly yes?: boolean },
  { what, doing, hint }: Agreement,
): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new CommandError(
      exitCodes.usage,
      [`${doing} needs --yes when nobody can be asked. ${what}`, hint].filter(Boolean).join(" "),
    );
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(`${[what, hint && `(${hint})`].filter(Boolean).join(" ")} Go on? [y/N] `);
  ask.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError(exitCodes.failed, "nothing was changed");
}
