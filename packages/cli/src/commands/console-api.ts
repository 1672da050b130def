import { type Command, Option } from "commander";
import { z } from "zod";
import { CommandError, exitCodes, Interrupted } from "./command-error.ts";
import { type CommandSurroundings, runningStart } from "./command-surroundings.ts";

/** Options of every command that asks the console. */
export interface ConsoleOptions {
  readonly output: string;
  readonly console?: string;
  readonly dataDir?: string;
}

/** Values of parameters; a list is the same parameter more than once. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const TextFinding = z.object({
  ...{ code: z.string(), path: z.string(), message: z.string(), fix: z.string() },
  ...{ line: z.number().optional(), column: z.number().optional() },
});
export type TextFinding = z.infer<typeof TextFinding>;

const Problem = z.object({
  detail: z.string(),
  findings: z.array(TextFinding).default([]),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).default([]),
});

/** The console's refusal, and where in a posted text it says what is wrong. */
export class ConsoleRefused extends CommandError {
  readonly findings: readonly TextFinding[];

  constructor(exitCode: number, message: string, findings: readonly TextFinding[]) {
    super(exitCode, message);
    this.name = "ConsoleRefused";
    this.findings = findings;
  }
}

const defaultUrl = "http://127.0.0.1:3000";
const patienceMs = 30_000;

/** Gives a command `--console` and `-o`, of which the first format is the default. */
export function withConsoleOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", "how to print").choices(formats).default(formats[0] ?? "table"),
    )
    .option(
      "--console <url>",
      `the console to ask (default: WEIR_CONSOLE_URL, then that of the running "npm start", then ${defaultUrl})`,
    );
}

/**
 * Asks `/api/v1` of the console (docs/api.md).
 * @param interrupted ends the waiting at once.
 * @throws CommandError that says in one sentence what is wrong.
 */
export async function askConsole(
  surroundings: Pick<CommandSurroundings, "config">,
  options: ConsoleOptions,
  path: string,
  query: Query = {},
  interrupted?: AbortSignal,
): Promise<unknown> {
  const base = consoleUrlOf(surroundings, options);
  const patience = AbortSignal.timeout(patienceMs);
  const signal = interrupted ? AbortSignal.any([interrupted, patience]) : patience;
  const response = await openConsole(base, path, query, signal);
  const answer = parsed(await response.text().catch(() => ""));
  if (answer === undefined) throw notWeir(base, response.status);
  return answer;
}

/**
 * The answer of the console, of which the body is still to come.
 * @param posted a text for an operation that takes one.
 * @throws CommandError for a console that does not answer, or refuses; what `signal` was aborted with.
 */
export async function openConsole(
  base: string,
  path: string,
  query: Query,
  signal: AbortSignal,
  posted?: string,
): Promise<Response> {
  const sent = posted === undefined ? {} : { method: "POST", body: posted };
  const response = await reach(addressOf(base, path, query), base, { signal, ...sent });
  if (response.ok) return response;
  const problem = Problem.safeParse(parsed(await response.text().catch(() => ""))).data;
  if (problem === undefined) throw notWeir(base, response.status);
  const wrong = problem.errors.map(({ parameter, detail }) => `${flagOf(parameter)} ${detail}`).join("; ");
  throw new ConsoleRefused(
    exitCodeOfStatus[response.status] ?? exitCodes.failed,
    printable(wrong || problem.detail),
    problem.findings,
  );
}

/** Where the console is: named, else where the start that runs here has it. */
export function consoleUrlOf(
  { config }: Pick<CommandSurroundings, "config">,
  options: ConsoleOptions,
): string {
  const port = runningStart({ config }, options)?.ports.console;
  const local = port === undefined ? defaultUrl : `http://127.0.0.1:${port}`;
  return options.console ?? config.consoleUrl ?? local;
}

/** Text of telemetry for a terminal: what would steer it is shown as a replacement character. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

/** The same of a text of several lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

const exitCodeOfStatus: Readonly<Record<number, number>> = {
  ...{ 400: exitCodes.usage, 404: exitCodes.refused, 413: exitCodes.refused, 422: exitCodes.refused },
};

/** Parameters of the API that are given by a flag of another name, or without one. */
const flags: Readonly<Record<string, string>> = {
  ...{ from: "--window", minDuration: "--min", traceId: "id" },
};

/** How a parameter was given; a place in a list (`by.0`) is that list's. */
function flagOf(parameter: string): string {
  const [name = parameter] = parameter.split(".");
  return flags[name] ?? `--${name}`;
}

function addressOf(base: string, path: string, query: Query): URL {
  const url = URL.parse(`${base.replace(/\/+$/, "")}/api/v1${path}`);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CommandError(exitCodes.usage, `"${base}" is not the URL of a console; write ${defaultUrl}`);
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(name, one);
  return url;
}

async function reach(url: URL, base: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    if (cause instanceof Interrupted) throw cause;
    throw new CommandError(
      exitCodes.failed,
      `the console does not answer at ${base}; start it with "npm start", or name another with --console or WEIR_CONSOLE_URL`,
      { cause },
    );
  }
}

function notWeir(base: string, status: number): CommandError {
  return new CommandError(
    exitCodes.failed,
    `${base} answered ${status}, but not as a Weir console does; name the console with --console or WEIR_CONSOLE_URL`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
