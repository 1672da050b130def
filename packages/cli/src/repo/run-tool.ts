import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { repositoryRoot } from "../config.ts";

export interface Tool {
  /** A command among the installed packages. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Show what it says as it says it, in place of collecting it. */
  readonly show?: boolean;
  /** It is ended, and has failed, when it takes longer. */
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
    ...(withinMs === undefined ? {} : { timeout: withinMs, killSignal: "SIGKILL" }),
    cwd: repositoryRoot,
    stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    env: { ...environment, ...env, PATH: `${bin}${delimiter}${environment.PATH ?? ""}` },
  });
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

type Environment = Readonly<Record<string, string | undefined>>;
