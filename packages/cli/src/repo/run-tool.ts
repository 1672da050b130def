import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { repositoryRoot } from "../config.ts";

export interface Tool {
  /** A command among the installed packages. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Show what it says as it says it, in place of collecting it. */
  readonly show?: boolean;
  /** It is asked to end, and has failed, when it takes longer; it has a minute to end what it started. */
  readonly withinMs?: number;
}

export interface ToolResult {
  /** Exit code 0. */
  readonly ok: boolean;
  readonly output: string;
  readonly ms: number;
}

/** Runs an installed command from the root of the repository, under the Node that is installed beside it. */
export function runTool(
  { command, args, env, show, withinMs }: Tool,
  environment: Environment,
): Promise<ToolResult> {
  const bin = join(repositoryRoot, "node_modules", ".bin");
  const startedAt = performance.now();
  const child = spawn(join(bin, command), args, {
    cwd: repositoryRoot,
    stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    env: { ...environment, ...env, PATH: `${bin}${delimiter}${environment.PATH ?? ""}` },
  });
  if (withinMs !== undefined) endWithin(child, withinMs);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return new Promise((resolve) => {
    const end = (ok: boolean, last = "") =>
      resolve({ ok, output: output + last, ms: performance.now() - startedAt });
    child.once("error", (error) => end(false, `${command} could not be run: ${error.message}\n`));
    child.once("exit", (_, signal) => {
      if (signal) end(false, `${command} was ended by ${signal}\n`);
    });
    child.once("close", (code) => end(code === 0));
  });
}

/** SIGINT, for what is killed leaves its own children behind; what does not listen to it is killed a minute later. */
function endWithin(child: ChildProcess, ms: number): void {
  setTimeout(() => child.kill("SIGINT"), ms).unref();
  setTimeout(() => child.kill("SIGKILL"), ms + 60_000).unref();
}

type Environment = Readonly<Record<string, string | undefined>>;
