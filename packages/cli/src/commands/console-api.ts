import { type Command, Option } from "commander";
import { z } from "zod";
import { CommandError, exitCodes } from "./command-error.ts";
import type { CommandSurroundings } from "./command-surroundings.ts";

/** Options of every command that asks the console. */
export interface ConsoleOptions {
  readonly output: string;
  readonly console?: string;
}

type Query = Readonly<Record<string, string | undefined>>;

const Problem = z.object({
  detail: z.string(),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).default([]),
});

const defaultUrl = "http://127.0.0.1:3000";
const patienceMs = 30_000;

/** Gives a command `--console` and `-o`, of which the first format is the default. */
export function withConsoleOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", "how to print").choices(formats).default(formats[0] ?? "table"),
    )
    .option("--console <url>", `the console to ask (default: WEIR_CONSOLE_URL, then ${defaultUrl})`);
}

/** Asks `/api/v1` of the console (docs/api.md). Throws a {@link CommandError} that says in one sentence what is wrong. */
export async function askConsole(
  { config }: CommandSurroundings,
  options: ConsoleOptions,
  path: string,
  query: Query = {},
): Promise<unknown> {
  const base = options.console ?? config.consoleUrl ?? defaultUrl;
  const url = addressOf(base, path, query);
  const { status, ok, text } = await read(url, base);
  const answer = parsed(text);
  if (ok && answer !== undefined) return answer;
  const problem = Problem.safeParse(answer).data;
  if (problem === undefined)
    throw new CommandError(
      exitCodes.failed,
      `${base} answered ${status}, but not as a Weir console does; name the console with --console or WEIR_CONSOLE_URL`,
    );
  const wrong = problem.errors.map(({ parameter, detail }) => `${parameter} ${detail}`).join("; ");
  throw new CommandError(exitCodeOfStatus[status] ?? exitCodes.failed, printable(wrong || problem.detail));
}

/** Text of telemetry for a terminal: what would steer it is shown as a replacement character. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

/** Seconds to three digits, in the unit that suits them; a dash where nothing was measured. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return "-";
  if (seconds >= 1) return `${Number(seconds.toPrecision(3))} s`;
  if (seconds >= 0.001) return `${Number((seconds * 1e3).toPrecision(3))} ms`;
  return `${Number((seconds * 1e6).toPrecision(3))} µs`;
}

const exitCodeOfStatus: Readonly<Record<number, number>> = { 400: exitCodes.usage, 404: exitCodes.refused };

function addressOf(base: string, path: string, query: Query): URL {
  const url = URL.parse(`${base.replace(/\/+$/, "")}/api/v1${path}`);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CommandError(exitCodes.usage, `"${base}" is not the URL of a console; write ${defaultUrl}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

async function read(url: URL, base: string): Promise<{ status: number; ok: boolean; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (cause) {
    throw new CommandError(
      exitCodes.failed,
      `the console does not answer at ${base}; start it with "npm start", or name another with --console or WEIR_CONSOLE_URL`,
      { cause },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
