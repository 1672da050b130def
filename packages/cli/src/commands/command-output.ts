import { styleText } from "node:util";
import { Interrupted } from "./command-error.ts";

/** What a text says about what it names; shown as a colour where there are any, never by colour alone. */
export type Tone = "good" | "poor" | "bad" | "faint" | "strong";

/** A screen on which a table can be drawn anew in its place. */
export interface Terminal {
  readonly rows: number;
  write(text: string): void;
}

/** Where a command writes. Without the optional members: to a pipe that takes everything, without colours. */
export interface CommandOutput {
  /** A line, or several. */
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Undefined: what is printed goes into a pipe or a file. */
  readonly terminal?: Terminal | undefined;
  readonly paint?: (tone: Tone, text: string) => string;
  /** Resolves once the reader has taken what was printed, so that nothing is gathered for a slow one. */
  readonly drained?: () => Promise<void>;
  /** From the call on Ctrl-C and SIGTERM abort the signal with {@link Interrupted}, and end nothing else. */
  readonly untilInterrupted?: () => AbortSignal;
}

const styles = { good: "green", poor: "yellow", bad: "red", faint: "dim", strong: "bold" } as const;

/** That of this process. Colours are Node's choice: none in a pipe, none with NO_COLOR (https://no-color.org). */
export function processOutput(): Required<CommandOutput> {
  const { stdout, stderr } = process;
  return {
    print: (text) => void stdout.write(`${text}\n`),
    printError: (text) => void stderr.write(`${text}\n`),
    terminal: stdout.isTTY
      ? {
          get rows() {
            return stdout.rows || 24; // some do not say
          },
          write: (text) => void stdout.write(text),
        }
      : undefined,
    paint: (tone, text) => styleText(styles[tone], text, { stream: stdout }),
    async drained() {
      if (stdout.writableNeedDrain) await new Promise<void>((resolve) => stdout.once("drain", resolve));
    },
    untilInterrupted() {
      const interrupted = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const)
        process.once(signal, () => interrupted.abort(new Interrupted(signal)));
      return interrupted.signal;
    },
  };
}
